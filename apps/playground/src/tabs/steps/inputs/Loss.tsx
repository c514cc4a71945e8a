import type { JSX } from 'preact';
import { Value } from '../../../parts/Value.tsx';
import { useWords } from '../../../words/words.ts';
import type { Machine } from '../compute/machine.ts';
import { rowOf } from '../formulas.ts';
import { Letter } from '../panels/Letter.tsx';
import { words } from '../words.ts';

/** The one number that all of it is about, large: the loss, and how it comes about. */
export function Loss({ machine, row }: { readonly machine: Machine | undefined; readonly row: number }): JSX.Element {
  const said = useWords(words);
  return (
    <div class="steps-loss">
      <p class="quiet">{said.drag}</p>
      <p class="steps-loss-number">
        → {said.loss} <Letter of="L" /> ={' '}
        {machine ? <Value of={rowOf(machine.fused.loss, row)[0]} kind="value" digits={5} name="strip-loss" /> : '…'}
      </p>
    </div>
  );
}
