import type { JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { Scrolling } from '../../parts/Scrolling.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Curves } from './curves.ts';
import { formulaOf } from './formulas.ts';
import { Swatch } from './Legend.tsx';
import { isAngular, type LossName, type MarginSettings } from './names.ts';
import { marginWords } from './words.ts';

interface TableProps {
  readonly here: Curves;
  readonly shown: readonly LossName[];
  readonly margin: number;
  readonly settings: MarginSettings;
}

/** Each loss at the reader's margin: value, slope, and its formula. */
export function Table({ here, shown, margin, settings }: TableProps): JSX.Element {
  const words = useWords(marginWords);
  const title = words.table(shownNumber(margin));
  const angle = (Math.acos(margin / (2 * settings.scale)) * 180) / Math.PI;
  return (
    <>
      <Scrolling label={title}>
        <table class="margins-table">
          <caption>{title}</caption>
          <thead>
            <tr>
              {[words.loss, words.value, words.slope, words.formula].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((name) => (
              <tr key={name}>
                <th scope="row">
                  <Swatch name={name} /> {words.names[name]}
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
          </tbody>
        </table>
      </Scrolling>
      {shown.some(isAngular) && (
        <p class="quiet">
          {Number.isNaN(angle) ? words.noAngle(shownNumber(2 * settings.scale)) : words.angleIs(shownNumber(angle, 3))}
        </p>
      )}
    </>
  );
}
