import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { axes } from '../../parts/axes.ts';
import { Chart } from '../../parts/Chart.tsx';
import { Legend } from '../../parts/Legend.tsx';
import { shownNumber, shownPower } from '../../parts/shownNumber.ts';
import type { Stroke } from '../../parts/stroke.ts';
import { useWords } from '../../words/words.ts';
import type { Sizes } from './net.ts';
import { depthWords } from './words.ts';

const sizeNames = ['activations', 'gradients', 'weights'] as const;

/** How each kind of size is drawn. */
const strokes: Readonly<Record<(typeof sizeNames)[number], Stroke>> = {
  activations: { colour: 'var(--value)' },
  gradients: { colour: 'var(--gradient)', dash: '9 4' },
  weights: { colour: 'var(--third)', dash: '3 4' },
};

/** What is smaller is drawn at the foot of the picture: a logarithm has no 0. */
const least = 1e-30;

/** Sizes by layer, in powers of ten: a straight line is one factor for each layer. */
export function SizesChart({ sizes }: { readonly sizes: Sizes }): JSX.Element {
  const words = useWords(depthWords);
  const { activations, gradients, weights } = sizes;
  const draw = useCallback((): Plot.PlotOptions => {
    const all = [...activations, ...gradients, ...weights].filter((size) => size >= least && Number.isFinite(size));
    const powers = all.map(Math.log10);
    // Never less than three powers either way, so that a level line looks level.
    const [from, to] = [Math.floor(Math.min(-3, ...powers)), Math.ceil(Math.max(3, ...powers))];
    const points = (list: readonly number[], first: number) =>
      list.flatMap((size, at) =>
        Number.isFinite(size) ? [[first + at, Math.max(Math.log10(Math.max(size, least)), from)]] : [],
      );
    const line = (list: readonly number[], first: number, { colour, dash }: Stroke) => [
      Plot.line(points(list, first), { stroke: colour, strokeWidth: 2.25, strokeDasharray: dash }),
      Plot.dot(points(list, first), { fill: colour, r: 2.5 }),
    ];
    return {
      height: 300,
      marginTop: 24,
      marginBottom: 44,
      marginLeft: 56,
      marginRight: 16,
      x: { domain: [0, activations.length - 1] },
      y: { domain: [from, to] },
      marks: [
        ...axes({ label: words.layerAxis, ticks: 10 }, { label: words.sizeAxis, ticks: 7, tickFormat: powerOf }),
        Plot.ruleY([0], { strokeOpacity: 0.5 }),
        ...line(weights, 1, strokes.weights),
        ...line(activations, 0, strokes.activations),
        ...line(gradients, 0, strokes.gradients),
      ],
    };
  }, [activations, gradients, weights, words]);
  const last = activations.length - 1;
  return (
    <>
      <Legend lines={sizeNames.map((name) => ({ key: name, name: words[name], ...strokes[name] }))} />
      <Chart label={words.chart(shownNumber(activations[last]), shownNumber(gradients[0]))} draw={draw} />
    </>
  );
}

const powerOf = (power: number): string => (Number.isInteger(power) ? shownPower(power) : '');
