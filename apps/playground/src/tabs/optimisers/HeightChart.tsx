import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { axes } from '../../parts/axes.ts';
import { Chart } from '../../parts/Chart.tsx';
import { shownPower } from '../../parts/shownNumber.ts';
import { useWords } from '../../words/words.ts';
import { mostSteps } from './fields.ts';
import { type OptimiserName, strokes } from './names.ts';
import type { Walk, Walks } from './walks.ts';
import { optimiserWords } from './words.ts';

interface HeightChartProps {
  readonly walks: Walks;
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
        ...axes(
          { label: words.stepAxis, ticks: 5 },
          { label: null, ticks: 4, tickFormat: (height) => shownPower(Math.round(Math.log10(height))) },
        ),
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
