import type { JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { Swatch } from '../../parts/Swatch.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { Table } from '../../parts/Table.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Curves } from './curves.ts';
import { formulaOf } from './formulas.ts';
import { isAngular, type LossName, type MarginSettings, strokes } from './names.ts';
import { marginWords } from './words.ts';

interface LossTableProps {
  readonly here: Curves;
  readonly shown: readonly LossName[];
  readonly margin: number;
  readonly settings: MarginSettings;
}

/** Each loss at the reader's margin: value, slope, and its formula. */
export function LossTable({ here, shown, margin, settings }: LossTableProps): JSX.Element {
  const words = useWords(marginWords);
  const angle = (Math.acos(margin / (2 * settings.scale)) * 180) / Math.PI;
  return (
    <>
      <Table
        caption={words.table(shownNumber(margin))}
        isTitled
        heads={[words.loss, words.value, words.slope, words.formula]}
        formulas={1}
      >
        {shown.map((name) => (
          <tr key={name}>
            <th scope="row">
              <Swatch {...strokes[name]} /> {words.names[name]}
            </th>
            <td>
              <Value of={here[name].values[0]} kind="value" name={`value-${name}`} />
            </td>
            <td>
              <Value of={here[name].slopes[0]} kind="gradient" name={`slope-${name}`} />
            </td>
            <td>
              <Formula latex={formulaOf(name, settings)} />
            </td>
          </tr>
        ))}
      </Table>
      {shown.some(isAngular) && (
        <p class="quiet">
          {Number.isNaN(angle) ? words.noAngle(shownNumber(2 * settings.scale)) : words.angleIs(shownNumber(angle, 3))}
        </p>
      )}
    </>
  );
}
