import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { Chart } from '../../parts/Chart.tsx';
import { Fold } from '../../parts/Fold.tsx';
import { Legend } from '../../parts/Legend.tsx';
import { Table } from '../../parts/Table.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import { accuracySpan } from './Controls.tsx';
import { bucketed, meanOfLast } from './curves.ts';
import type { Known } from './store.ts';
import { trainingWords } from './words.ts';

/** Over how many steps the thick line of the loss is averaged. */
const lossSpan = 20;
/** A logarithmic axis ends here: smaller losses are as good as none. */
const leastLoss = 1e-4;
/** What is written beside a logarithmic axis. */
const powers = [1e-4, 1e-3, 0.01, 0.1, 0.5, 1];
/** The axis of an empty chart. */
const firstSteps = 100;
/** How many of the last steps stand in the table. */
const listed = 20;

const size = { height: 240, marginLeft: 48, marginRight: 16, marginTop: 16, marginBottom: 36 };

/** The loss of every step, and its running mean. */
export function LossCurve({
  known,
  isLogarithmic,
}: {
  readonly known: Known;
  readonly isLogarithmic: boolean;
}): JSX.Element {
  const words = useWords(trainingWords);
  const { losses, version } = known;
  const draw = useCallback((): Plot.PlotOptions => {
    const buckets = bucketed(losses, lossSpan);
    const least = isLogarithmic ? leastLoss : 0;
    const shown = buckets.map((bucket) => ({ ...bucket, low: Math.max(bucket.low, least) }));
    const isBanded = losses.length > shown.length;
    const thin = { stroke: 'var(--value)', strokeOpacity: 0.45, strokeWidth: 1 };
    const highest = Math.max(3, ...shown.map(({ high }) => high));
    const lowest = Math.min(0.5, ...shown.map(({ low }) => low));
    return {
      ...size,
      x: { label: words.stepAxis, domain: [1, Math.max(firstSteps, losses.length)] },
      y: {
        label: null,
        type: isLogarithmic ? 'log' : 'linear',
        domain: isLogarithmic ? [lowest, highest] : [0, highest],
        ticks: isLogarithmic ? powers.filter((power) => power >= lowest) : 5,
        tickFormat: isLogarithmic ? '~g' : undefined,
        grid: true,
      },
      marks: [
        Plot.ruleY([Math.LN10], { stroke: 'var(--strong-line)', strokeDasharray: '4 4' }),
        Plot.text([words.guessing], {
          frameAnchor: 'right',
          y: [Math.LN10],
          dy: -8,
          fill: 'var(--quiet)',
          fontSize: 12,
        }),
        isBanded
          ? Plot.areaY(shown, { x: 'step', y1: 'low', y2: 'high', fill: 'var(--value)', fillOpacity: 0.22 })
          : Plot.lineY(shown, { x: 'step', y: 'low', ...thin }),
        Plot.lineY(shown, { x: 'step', y: 'smooth', stroke: 'var(--value)', strokeWidth: 2.25 }),
      ],
    };
  }, [losses, version, isLogarithmic, words]);
  const last = losses.at(-1);
  return (
    <>
      <Legend
        lines={[
          { key: 'each', name: words.legendThin, colour: 'var(--value)', width: 1 },
          { key: 'mean', name: words.legendThick, colour: 'var(--value)' },
        ]}
      />
      <Chart label={last === undefined ? words.lossEmpty : words.lossLabel(losses.length, last)} draw={draw} />
    </>
  );
}

/** Accuracy: of the last batches, and on test images. */
export function AccuracyCurve({ known }: { readonly known: Known }): JSX.Element {
  const words = useWords(trainingWords);
  const { accuracies, tests, version, step } = known;
  const draw = useCallback(
    (): Plot.PlotOptions => ({
      ...size,
      x: { label: words.stepAxis, domain: [0, Math.max(firstSteps, step)] },
      y: { label: null, domain: [0, 100], grid: true, ticks: 5, tickFormat: (share: number) => `${share} %` },
      marks: [
        Plot.ruleY([10], { stroke: 'var(--strong-line)', strokeDasharray: '4 4' }),
        Plot.lineY(bucketed(accuracies, accuracySpan), {
          x: 'step',
          y: ({ smooth }: { smooth: number }) => 100 * smooth,
          stroke: 'var(--quiet)',
          strokeWidth: 1,
        }),
        Plot.lineY(tests, { x: 'step', y: ({ accuracy }) => 100 * accuracy, stroke: 'var(--good)', strokeWidth: 2.25 }),
        Plot.dot(tests.length > 60 ? tests.slice(-1) : tests, {
          x: 'step',
          y: ({ accuracy }) => 100 * accuracy,
          fill: 'var(--good)',
          r: 3,
        }),
      ],
    }),
    [accuracies, tests, version, step, words],
  );
  const last = tests.at(-1);
  return (
    <>
      <Legend
        lines={[
          { key: 'batches', name: words.ofBatches, colour: 'var(--quiet)', width: 1 },
          { key: 'tests', name: words.ofTest, colour: 'var(--good)' },
        ]}
      />
      <Chart
        label={
          last && accuracies.length > 0
            ? words.accuracyLabel(meanOfLast(accuracies, accuracies.length, accuracySpan), last.accuracy)
            : words.accuracyEmpty
        }
        draw={draw}
      />
    </>
  );
}

/** The last steps, number by number. */
export function LastSteps({ known }: { readonly known: Known }): JSX.Element {
  const words = useWords(trainingWords);
  const { losses, accuracies } = known;
  const first = Math.max(0, losses.length - listed);
  return (
    <Fold title={words.table}>
      <Table caption={words.table} heads={[words.stepCount, words.loss, words.batchAccuracy]}>
        {losses.slice(first).map((loss, row) => (
          <tr key={first + row}>
            <th scope="row">{first + row + 1}</th>
            <td>
              <Value of={loss} digits={6} name={`loss-${first + row + 1}`} />
            </td>
            <td>
              <Value of={100 * accuracies[first + row]} /> %
            </td>
          </tr>
        ))}
      </Table>
    </Fold>
  );
}
