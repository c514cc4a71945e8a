import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { Chart } from '../../parts/Chart.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { useWords } from '../../words/words.ts';
import type { ExperimentName } from './ends.ts';
import type { Curve, Descent, Result } from './result.ts';
import { breakingWords } from './words.ts';

interface PicturesProps {
  readonly experiment: ExperimentName;
  readonly result: Result;
}

/** The charts of an experiment, if it has any. */
export function Pictures({ experiment, result: { curves, descent } }: PicturesProps): JSX.Element {
  return (
    <>
      {descent && <Valley descent={descent} />}
      {curves &&
        (experiment === 'twice' ? (
          <Certainty curves={curves} />
        ) : (
          <Losses curve={curves[0]} isLogarithmic={experiment === 'rate'} />
        ))}
    </>
  );
}

function Losses({ curve, isLogarithmic }: { readonly curve: Curve; readonly isLogarithmic: boolean }): JSX.Element {
  const words = useWords(breakingWords);
  const { points } = curve;
  const draw = useCallback(
    (): Plot.PlotOptions => ({
      height: 190,
      marginLeft: 56,
      x: { label: words.step },
      y: {
        label: 'L',
        type: isLogarithmic ? 'log' : 'linear',
        zero: !isLogarithmic,
        grid: true,
        ticks: 5,
        tickFormat: (y: number) => shownNumber(y, 2),
      },
      marks: [Plot.line(points, { stroke: 'var(--value)', strokeWidth: 2 })],
    }),
    [points, words, isLogarithmic],
  );
  const [, last] = points[points.length - 1] ?? [0, Number.NaN];
  return <Chart label={`${words.curveLoss}: ${shownNumber(points[0][1])} → ${shownNumber(last)}`} draw={draw} />;
}

function Certainty({ curves }: { readonly curves: readonly Curve[] }): JSX.Element {
  const words = useWords(breakingWords);
  const draw = useCallback((): Plot.PlotOptions => {
    const nameOf = (name: string): string => (name === 'once' ? words.once : words.twice);
    return {
      height: 210,
      marginLeft: 40,
      marginRight: 96,
      x: { label: 'z₀' },
      y: { label: 'L', grid: true, zero: true },
      marks: curves.flatMap(({ name, points }) => {
        const stroke = name === 'once' ? 'var(--value)' : 'var(--third)';
        const dashes = name === 'once' ? undefined : '6 3';
        return [
          Plot.line(points, { stroke, strokeWidth: 2, strokeDasharray: dashes }),
          Plot.text([points[points.length - 1]], { text: [nameOf(name)], fill: stroke, textAnchor: 'start', dx: 6 }),
        ];
      }),
    };
  }, [curves, words]);
  const last = curves.map(({ points }) => shownNumber(points[points.length - 1][1])).join(', ');
  return <Chart label={`${words.curveCertainty}: ${last}`} draw={draw} />;
}

function Valley({ descent }: { readonly descent: Descent }): JSX.Element {
  const words = useWords(breakingWords);
  const draw = useCallback((): Plot.PlotOptions => {
    const { path, across, up, width, height, heights } = descent;
    return {
      height: 230,
      marginLeft: 36,
      x: { domain: [-across, across], label: 'x₀' },
      y: { domain: [-up, up], label: 'x₁', ticks: 5 },
      marks: [
        Plot.contour(heights, {
          width,
          height,
          x1: -across,
          x2: across,
          y1: -up,
          y2: up,
          thresholds: [1, 4, 9, 16, 25, 36, 49, 64, 81, 100, 121, 144].map((level) => level / 1.5),
          stroke: 'var(--line)',
        }),
        Plot.line(path, { stroke: 'var(--gradient)', strokeWidth: 1.5, clip: true }),
        Plot.dot(path, { r: 2.5, fill: 'var(--gradient)', clip: true }),
        Plot.dot([path[0]], { r: 6, stroke: 'var(--ink)', strokeWidth: 1.5 }),
      ],
    };
  }, [descent]);
  const end = descent.path[descent.path.length - 1].map((x) => shownNumber(x, 3)).join(', ');
  return <Chart label={`${words.descent}: (${descent.path[0].join(', ')}) → (${end})`} draw={draw} />;
}
