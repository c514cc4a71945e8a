import type { JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { View } from './compute/view.ts';
import { reach, type SetName } from './fields.ts';
import { letterOf } from './signs.ts';
import type { Look } from './walk.ts';
import { layerWords } from './words.ts';
import { operandIn, signOf, slopeSign } from './written.ts';

interface LookedProps {
  readonly view: View;
  readonly look: Look;
  readonly onEdit: (name: SetName, at: number, number: number) => void;
}

/** How large the number looked at is, what L is, and a slider for what it depends on. */
export function Looked({ view, look: { grid, at }, onEdit }: LookedProps): JSX.Element {
  const words = useWords(layerWords);
  const sign = signOf(view, { grid, at });
  const [number, name, value] =
    grid === 'output'
      ? ([view.output.numbers[at], 'cotangent', view.cotangent.numbers[at]] as const)
      : ([operandIn(view, grid).gradient[at], grid, operandIn(view, grid).numbers[at]] as const);
  const { columns } = grid === 'output' ? view.output : operandIn(view, grid);
  const letter = grid === 'output' ? 'g' : letterOf(view.form.layer, grid);
  return (
    <div class="layers-looked">
      <p class="layers-number">
        <Formula latex={grid === 'output' ? sign : slopeSign(view, { grid, at })} /> ={' '}
        <Value of={number} kind={grid === 'output' ? 'value' : 'gradient'} name="looked" />
      </p>
      <p>
        <Formula latex="L" /> = <Value of={view.loss} kind="value" name="loss" />
      </p>
      <NumberField
        label={
          <span>
            <span class="unseen">{words.change(words.element(letter, Math.floor(at / columns), at % columns))}</span>
            <Formula latex={grid === 'output' ? sign.replace('y', 'g') : sign} />
          </span>
        }
        value={value}
        {...reach}
        step={0.5}
        onChange={(to) => onEdit(name, at, to)}
      />
    </div>
  );
}
