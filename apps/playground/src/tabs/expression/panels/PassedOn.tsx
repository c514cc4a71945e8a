import type { PassedExplanation, StepDescription } from '@tapegrad/explain';
import type { JSX } from 'preact';
import { Formula } from '../../../parts/Formula.tsx';
import { Matrix } from '../../../parts/Matrix.tsx';
import { Value } from '../../../parts/Value.tsx';
import { useWords } from '../../../words/words.ts';
import { nameOfStep } from '../stepNames.ts';
import { words } from '../words.ts';
import { NumbersTable } from './NumbersTable.tsx';

interface PassedOnProps {
  readonly passed: PassedExplanation;
  readonly steps: readonly StepDescription[];
}

/** The local derivative by one input, as a formula and in numbers, and what that input receives. */
export function PassedOn({ passed, steps }: PassedOnProps): JSX.Element {
  const said = useWords(words);
  const { input, to, derivative, product, jacobian, passed: gift } = passed;
  const receiver = nameOfStep(steps[to]);
  return (
    <section class="expression-gift" aria-label={said.to(receiver, input)}>
      <h3>{said.to(receiver, input)}</h3>
      <Formula isDisplayed latex={derivative.latex} />
      <p class="quiet">{said.local}</p>
      {jacobian === null ? (
        <p>{said.large}</p>
      ) : jacobian.rows * jacobian.columns === 1 ? (
        <Value of={jacobian.entries[0][0]} digits={6} name={`jacobian-${input}`} />
      ) : (
        <Matrix
          caption={said.local}
          rows={jacobian.entries}
          rowNames={jacobian.entries.map((_, row) => String(row))}
          columnNames={jacobian.entries[0].map((_, column) => String(column))}
          name={`jacobian-${input}`}
        />
      )}
      <p class="quiet">{said.passes}</p>
      <Formula isDisplayed latex={product.latex} />
      <NumbersTable caption={said.passes} numbers={gift} kind="gradient" name={`passed-${input}`} />
    </section>
  );
}
