import type { JSX } from 'preact';
import { Formula } from '../../../parts/Formula.tsx';
import { Scrolling } from '../../../parts/Scrolling.tsx';
import { Value } from '../../../parts/Value.tsx';
import { useWords } from '../../../words/words.ts';
import type { Machine } from '../compute/machine.ts';
import { rowOf, signOf } from '../formulas.ts';
import { stepWords } from '../stepWords.ts';
import { words } from '../words.ts';

interface StepTableProps {
  readonly machine: Machine;
  readonly row: number;
}

/** The whole walk as a table, for those who listen and for those who copy. */
export function StepTable({ machine, row }: StepTableProps): JSX.Element {
  const said = useWords(words);
  const told = useWords(stepWords);
  const list = (numbers: readonly number[], kind: 'value' | 'gradient', name: string): JSX.Element[] =>
    numbers.map((number, index) => (
      <Value key={index} of={number} kind={kind} digits={5} name={`table-${name}-${kind}-${index}`} />
    ));
  return (
    <details class="panel wide steps-table">
      <summary>{said.table}</summary>
      <Scrolling label={said.table}>
        <table>
          <thead>
            <tr>
              <th scope="col">{said.step}</th>
              <th scope="col">{said.formula}</th>
              <th scope="col">{said.value}</th>
              <th scope="col">{said.gradient}</th>
            </tr>
          </thead>
          <tbody>
            {machine.chain.map(({ name, value, gradient }) => (
              <tr key={name}>
                <th scope="row">{told[name].name}</th>
                <td>
                  <Formula latex={signOf(machine, name)} />
                </td>
                <td class="steps-list">{list(rowOf(value, row), 'value', name)}</td>
                <td class="steps-list">{list(rowOf(gradient, row), 'gradient', name)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </details>
  );
}
