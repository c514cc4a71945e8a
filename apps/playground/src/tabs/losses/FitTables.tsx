import type { JSX } from 'preact';
import { Fold } from '../../parts/Fold.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Swatch } from '../../parts/Swatch.tsx';
import { Table } from '../../parts/Table.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import { reach } from './descent.ts';
import type { Fits } from './fit.ts';
import { type LossName, strokes } from './names.ts';
import { lossWords } from './words.ts';

interface LineTableProps {
  readonly fits: Fits;
  readonly shown: readonly LossName[];
  readonly step: number;
}

/** The line of each loss at a step: where it is, what it costs, and where its gradient points. */
export function LineTable({ fits, shown, step }: LineTableProps): JSX.Element {
  const words = useWords(lossWords);
  return (
    <Table caption={words.fitTable(step)} isTitled heads={[words.loss, 'a', 'b', words.meanLoss, words.byA, words.byB]}>
      {shown.map((name) => {
        const descent = fits.descents[name];
        if (!descent) return null;
        const at = Math.min(step, descent.a.length - 1);
        return (
          <tr key={name}>
            <th scope="row">
              <Swatch {...strokes[name]} />
              {words.names[name]}
            </th>
            <td>
              <Value of={descent.a[at]} kind="value" name={`a-${name}`} />
            </td>
            <td>
              <Value of={descent.b[at]} kind="value" name={`b-${name}`} />
            </td>
            <td>
              <Value of={descent.loss[at]} kind="value" name={`loss-${name}`} />
            </td>
            <td>
              <Value of={descent.gradientA[at]} kind="gradient" digits={3} name={`by-a-${name}`} />
            </td>
            <td>
              <Value of={descent.gradientB[at]} kind="gradient" digits={3} name={`by-b-${name}`} />
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

interface PointTableProps {
  readonly points: readonly number[];
  readonly fits: Fits;
  readonly shown: readonly LossName[];
  readonly onMove: (point: number, x: number, y: number) => void;
}

/** The points, to be typed, and how hard each of them pulls on each line. */
export function PointTable({ points, fits, shown, onMove }: PointTableProps): JSX.Element {
  const words = useWords(lossWords);
  return (
    <Fold title={words.pulls}>
      <p class="quiet">{words.pullsNote}</p>
      <Table
        caption={words.pulls}
        heads={['', 'x', 'y', ...shown.map((name) => words.names[name])]}
        class="losses-points"
      >
        {Array.from({ length: points.length / 2 }, (_, at) => {
          const [x, y] = [points[2 * at], points[2 * at + 1]];
          const name = words.point(at + 1);
          return (
            <tr key={at}>
              <th scope="row">{at + 1}</th>
              <td>
                <NumberField
                  label={<span class="unseen">{`${name}, x`}</span>}
                  value={x}
                  from={-reach.x}
                  to={reach.x}
                  step={0.1}
                  hasSlider={false}
                  onChange={(x) => onMove(at, x, y)}
                />
              </td>
              <td>
                <NumberField
                  label={<span class="unseen">{`${name}, y`}</span>}
                  value={y}
                  from={-reach.y}
                  to={reach.y}
                  step={0.1}
                  hasSlider={false}
                  onChange={(y) => onMove(at, x, y)}
                />
              </td>
              {shown.map((name) => {
                const pull = fits.descents[name]?.pulls[at];
                return (
                  <td key={name}>
                    {pull === undefined ? (
                      '—'
                    ) : (
                      <Value of={pull} kind="gradient" digits={3} name={`pull-${name}-${at}`} />
                    )}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </Table>
    </Fold>
  );
}
