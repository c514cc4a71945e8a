import type { StepDescription } from '@tapegrad/explain';
import type { JSX } from 'preact';
import { Value } from '../../../parts/Value.tsx';
import { useWords } from '../../../words/words.ts';
import { nameOfStep } from '../stepNames.ts';
import { words } from '../words.ts';
import { NumbersTable } from './NumbersTable.tsx';

interface ArrivedProps {
  readonly step: StepDescription;
  readonly steps: readonly StepDescription[];
}

/** What arrives at a step: from whom, each part of it where there are several, and their sum. */
export function Arrived({ step, steps }: ArrivedProps): JSX.Element | null {
  const said = useWords(words);
  const { cotangent, contributions } = step;
  if (cotangent === null) return null;
  const isOne = cotangent.shape.length === 0;
  return (
    <>
      <h3>{said.incoming}</h3>
      {contributions.length > 1 && <p>{said.added}</p>}
      {contributions.length > 1 && isOne && (
        <table class="expression-parts">
          <tbody>
            {contributions.map(({ from, input, cotangent: part }) => (
              <tr key={`${from} ${input}`}>
                <th scope="row">{said.from(nameOfStep(steps[from]), input)}</th>
                <td>
                  <Value of={part.numbers[0]} kind="gradient" digits={6} name={`part-${from}-${input}`} />
                </td>
                <td class="quiet">{shareOf(part.numbers[0], contributions)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {contributions.length > 1 &&
        !isOne &&
        contributions.map(({ from, input, cotangent: part }) => (
          <div key={`${from} ${input}`}>
            <p class="quiet">{said.from(nameOfStep(steps[from]), input)}</p>
            <NumbersTable
              caption={said.from(nameOfStep(steps[from]), input)}
              numbers={part}
              kind="gradient"
              name={`part-${from}-${input}`}
            />
          </div>
        ))}
      {contributions.length > 1 && <p class="quiet">{said.sum}</p>}
      {contributions.length === 1 && (
        <p class="quiet">{said.from(nameOfStep(steps[contributions[0].from]), contributions[0].input)}</p>
      )}
      <NumbersTable caption={said.incoming} numbers={cotangent} kind="gradient" name="step-cotangent" />
    </>
  );
}

/** How much of all that arrives a part is, where all parts point the same way. */
function shareOf(part: number, all: StepDescription['contributions']): string {
  const numbers = all.map(({ cotangent }) => cotangent.numbers[0]);
  const total = numbers.reduce((sum, number) => sum + number, 0);
  const isOneWay = numbers.every((number) => number >= 0) || numbers.every((number) => number <= 0);
  return isOneWay && total !== 0 && Number.isFinite(total) ? `${((100 * part) / total).toFixed(1)} %` : '';
}
