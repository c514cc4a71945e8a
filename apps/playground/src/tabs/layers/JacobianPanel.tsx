import './jacobian.css';
import type { JSX } from 'preact';
import { Panel } from '../../parts/Panel.tsx';
import { Scrolling } from '../../parts/Scrolling.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { useWords } from '../../words/words.ts';
import type { View } from './compute/view.ts';
import { letterOf } from './signs.ts';
import type { Look } from './walk.ts';
import { layerWords } from './words.ts';
import { operandIn } from './written.ts';

/** ∂y/∂operand as a matrix, g at its left, and what comes of both below. */
export function JacobianPanel({ view, look }: { readonly view: View; readonly look: Look }): JSX.Element {
  const words = useWords(layerWords);
  const operand = operandIn(view, look.grid === 'output' ? 'x' : look.grid);
  const letter = letterOf(view.form.layer, operand.name);
  const { output, cotangent } = view;
  const isHere = (row: number, column: number): boolean =>
    look.grid === 'output' ? row === look.at : column === look.at;
  const heads = (grid: { rows: number; columns: number }, count: number): string[] =>
    Array.from({ length: count }, (_, at) =>
      grid.rows === 1 ? String(at) : `${Math.floor(at / grid.columns)},${at % grid.columns}`,
    );
  return (
    <Panel title={words.jacobian(letter)}>
      <p class="quiet">{words.jacobianAbout(letter)}</p>
      <Scrolling label={words.jacobian(letter)}>
        <table class="layers-jacobian">
          <thead>
            <tr>
              <th scope="col">y</th>
              <th scope="col">g</th>
              {heads(operand, operand.numbers.length).map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {heads(output, output.numbers.length).map((head, row) => (
              <tr key={head}>
                <th scope="row">{head}</th>
                <td class="gradient">{shownNumber(cotangent.numbers[row], 3)}</td>
                {operand.jacobian[row].map((factor, column) => (
                  <td
                    key={column}
                    class={`${operand.isLinked[row][column] ? 'linked' : ''} ${isHere(row, column) ? 'here' : ''}`}
                  >
                    <data value={String(factor)} data-name={`jacobian-${row}-${column}`}>
                      {operand.isLinked[row][column] ? shownNumber(factor, 2) : '·'}
                    </data>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                ∂L/∂{letter}
              </th>
              {operand.gradient.map((number, column) => (
                <td key={column} class="gradient">
                  {shownNumber(number, 3)}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </Scrolling>
    </Panel>
  );
}
