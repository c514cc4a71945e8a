import type { JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { Scrolling } from '../../parts/Scrolling.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Curve } from './curves.ts';
import { formulasOf } from './formulas.ts';
import { Swatch } from './LossLegend.tsx';
import type { LossName, LossSettings } from './names.ts';
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
  const title = words.cursorTable(shownNumber(residual));
  return (
    <Scrolling label={title}>
      <table class="losses-table losses-at-cursor">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.loss}</th>
            <th scope="col">{words.valueHead}</th>
            <th scope="col">{words.slopeHead}</th>
            <th scope="col">{words.valueWith}</th>
            <th scope="col">{words.slopeWith}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((name) => {
            const formulas = formulasOf(name, residual, settings);
            return (
              <tr key={name}>
                <th scope="row">
                  <Swatch name={name} />
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
        </tbody>
      </table>
    </Scrolling>
  );
}
