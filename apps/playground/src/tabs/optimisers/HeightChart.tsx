import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { Chart } from '../../parts/Chart.tsx';
import { useWords } from '../../words/words.ts';
import { mostSteps } from './fields.ts';
import { type OptimiserName, strokes } from './names.ts';
import type { Walk } from './walks.ts';
import { optimiserWords } from './words.ts';

interface HeightChartProps {
  readonly walks: Partial<Record<OptimiserName, Walk>>;
  readonly step: number;
}

/** What is lower is drawn there: a logarithm has no 0. */
const least = 1e-8;

/** The height after each step, in powers of ten; the line across is the step that is shown. */
export function HeightChart({ walks, step }: HeightChartProps): JSX.Element {
  const words = useWords(optimiserWords);
  const draw = useCallback((): Plot.PlotOptions => {
    const entries = Object.entries(walks) as [OptimiserName, Walk][];
    return {
      height: 190,
      marginTop: 12,
      marginBottom: 40,
      marginLeft: 52,
      marginRight: 12,
      x: { domain: [0, mostSteps] },
      y: { type: 'log', domain: [least, 1e3], clamp: true },
      marks: [
        Plot.gridY({ ticks: 4 }),
        Plot.axisX({ ticks: 5, tickSize: 0, label: words.stepAxis, labelAnchor: 'center', labelArrow: 'none' }),
        Plot.axisY({
          ticks: 4,
          tickSize: 0,
          label: null,
          tickFormat: (height: number) => powers[Math.log10(height)] ?? '',
        }),
        Plot.ruleX([step], { stroke: 'var(--ink)', strokeDasharray: '3 3' }),
        ...entries.map(([name, { heights }]) =>
          Plot.line(
            heights.map((height, at) => [at, Math.max(height, least)]),
            { stroke: strokes[name].colour, strokeDasharray: strokes[name].dash, strokeWidth: 2 },
          ),
        ),
      ],
    };
  }, [walks, step, words]);
  return <Chart label={words.heightsLabel} draw={draw} />;
}

const powers: Readonly<Record<number, string>> = {
  [-8]: '10⁻⁸',
  [-6]: '10⁻⁶',
  [-4]: '10⁻⁴',
  [-2]: '10⁻²',
  0: '1',
  2: '10²',
};
