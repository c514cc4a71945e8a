import { formatNumbers, type LongFormExplanation } from '@tapegrad/explain';
import type { JSX } from 'preact';
import { Formula } from '../../../parts/Formula.tsx';
import { Scrolling } from '../../../parts/Scrolling.tsx';
import { useWords } from '../../../words/words.ts';
import { words } from '../words.ts';

/** How many columns the numbers of a row may take. */
const room = 44;

/** An op that does many steps at once, as the chain of elementary ones that it stands for: their values and gradients. */
export function LongForm({ longForm }: { readonly longForm: LongFormExplanation }): JSX.Element {
  const said = useWords(words);
  const { values, steps } = longForm.derivation;
  return (
    <details class="expression-long">
      <summary>{said.elementary}</summary>
      <Scrolling label={said.elementary}>
        <table>
          <thead>
            <tr>
              <th scope="col">{said.step}</th>
              <th scope="col">{said.value}</th>
              <th scope="col">{said.gradient}</th>
            </tr>
          </thead>
          <tbody>
            {values.map(({ index, label, formula, value }) => {
              const cotangent = steps.find((step) => step.index === index)?.cotangent;
              return (
                <tr key={index}>
                  <th scope="row">
                    <Formula latex={formula ? `${label.latex} = ${formula.latex}` : label.latex} />
                  </th>
                  <td class="value">{formatNumbers(value, room)}</td>
                  <td class="gradient">{cotangent ? formatNumbers(cotangent, room) : ''}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrolling>
    </details>
  );
}
