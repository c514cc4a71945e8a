import type { JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { Swatch } from '../../parts/Swatch.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { Table } from '../../parts/Table.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Curve } from './curves.ts';
import { formulasOf } from './formulas.ts';
import { type LossName, type LossSettings, strokes } from './names.ts';
import { lossWords } from './words.ts';

interface CursorTableProps {
  readonly losses: Readonly<Record<LossName, Curve>>;
  readonly shown: readonly LossName[];
  readonly residual: number;
  readonly settings: LossSettings;
}

/** Each loss at the chosen residual: value, slope, and how they come about. */
export function CursorTable({ losses, shown, residual, settings }: CursorTableProps): JSX.Element {
  const words = useWords(lossWords);
  return (
    <Table
      caption={words.cursorTable(shownNumber(residual))}
      isTitled
      heads={[words.loss, words.valueHead, words.slopeHead, words.valueWith, words.slopeWith]}
      formulas={2}
    >
      {shown.map((name) => {
        const formulas = formulasOf(name, residual, settings);
        return (
          <tr key={name}>
            <th scope="row">
              <Swatch {...strokes[name]} />
              {words.names[name]}
            </th>
            <td>
              <Value of={losses[name].values[0]} kind="value" name={`value-${name}`} />
            </td>
            <td>
              <Value of={losses[name].slopes[0]} kind="gradient" name={`slope-${name}`} />
            </td>
            <td>
              <Formula latex={formulas.value} />
            </td>
            <td>
              <Formula latex={formulas.slope} />
            </td>
          </tr>
        );
      })}
    </Table>
  );
}
