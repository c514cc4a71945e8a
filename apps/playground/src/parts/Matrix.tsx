import type { JSX } from 'preact';
import { Scrolling } from './Scrolling.tsx';
import { Value } from './Value.tsx';

interface MatrixProps {
  /** What the table shows, for those who listen to it. */
  readonly caption: string;
  readonly rows: readonly (readonly number[])[];
  readonly rowNames: readonly (string | JSX.Element)[];
  readonly columnNames: readonly (string | JSX.Element)[];
  readonly kind?: 'value' | 'gradient';
  readonly digits?: number;
  /** What tests find the numbers by: `name-row-column`. */
  readonly name?: string;
}

/** Numbers in rows and columns, the larger ones darker. */
export function Matrix(props: MatrixProps): JSX.Element {
  const { caption, rows, rowNames, columnNames, kind = 'value', digits = 3, name } = props;
  const largest = Math.max(...rows.flat().map(Math.abs).filter(Number.isFinite), Number.MIN_VALUE);
  return (
    <Scrolling label={caption}>
      <table class={`matrix ${kind}`}>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            <td />
            {columnNames.map((column, index) => (
              <th key={index} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <th scope="row">{rowNames[index]}</th>
              {row.map((number, column) => (
                <td key={column} style={{ '--share': `${Math.min(Math.abs(number) / largest, 1) * 100 || 0}%` }}>
                  <Value of={number} digits={digits} kind={kind} name={name && `${name}-${index}-${column}`} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
