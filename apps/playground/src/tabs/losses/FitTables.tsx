import type { JSX } from 'preact';
import { NumberField } from '../../parts/NumberField.tsx';
import { Scrolling } from '../../parts/Scrolling.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import { reach } from './descent.ts';
import type { Fits } from './fit.ts';
import { Swatch } from './LossLegend.tsx';
import type { LossName } from './names.ts';
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
    <Scrolling label={words.fitTable(step)}>
      <table class="losses-table">
        <caption>{words.fitTable(step)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.loss}</th>
            <th scope="col">a</th>
            <th scope="col">b</th>
            <th scope="col">{words.meanLoss}</th>
            <th scope="col">{words.byA}</th>
            <th scope="col">{words.byB}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((name) => {
            const descent = fits.descents[name];
            if (!descent) return null;
            const at = Math.min(step, descent.a.length - 1);
            return (
              <tr key={name}>
                <th scope="row">
                  <Swatch name={name} />
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
        </tbody>
      </table>
    </Scrolling>
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
    <details>
      <summary>{words.pulls}</summary>
      <p class="quiet">{words.pullsNote}</p>
      <Scrolling label={words.pulls}>
        <table class="losses-table losses-points">
          <thead>
            <tr>
              <td />
              <th scope="col">x</th>
              <th scope="col">y</th>
              {shown.map((name) => (
                <th key={name} scope="col">
                  {words.names[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </Scrolling>
    </details>
  );
}
