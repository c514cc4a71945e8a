import type { JSX } from 'preact';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Curves } from './curves.ts';
import { marginWords } from './words.ts';

/** Whether the answer is right, and how hard two losses still pull. */
export function Pull({ here, margin }: { readonly here: Curves; readonly margin: number }): JSX.Element {
  const words = useWords(marginWords);
  const verdict = margin < 0 ? words.wrong : margin === 0 ? words.tied : margin < 1 ? words.narrow : words.clear;
  return (
    <div class="margins-pull">
      <p>
        <strong>{verdict}</strong>
      </p>
      <p>
        {words.pull(words.names.hinge)} <Value of={Math.abs(here.hinge.slopes[0])} kind="gradient" name="pull-hinge" />
      </p>
      <p>
        {words.pull(words.names.logistic)}{' '}
        <Value of={Math.abs(here.logistic.slopes[0])} kind="gradient" name="pull-logistic" />
      </p>
    </div>
  );
}
