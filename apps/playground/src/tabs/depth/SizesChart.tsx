import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { Chart } from '../../parts/Chart.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { useWords } from '../../words/words.ts';
import type { Sizes } from './net.ts';
import { depthWords } from './words.ts';

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
    const line = (list: readonly number[], first: number, stroke: string, strokeDasharray?: string) => [
      Plot.line(points(list, first), { stroke, strokeWidth: 2.25, strokeDasharray }),
      Plot.dot(points(list, first), { fill: stroke, r: 2.5 }),
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
        Plot.gridY({ ticks: 7 }),
        Plot.ruleY([0], { strokeOpacity: 0.5 }),
        Plot.axisX({ ticks: 10, tickSize: 0, label: words.layerAxis, labelAnchor: 'center', labelArrow: 'none' }),
        Plot.axisY({ ticks: 7, tickSize: 0, label: words.sizeAxis, labelArrow: 'none', tickFormat: powerOf }),
        ...line(weights, 1, 'var(--third)', '3 4'),
        ...line(activations, 0, 'var(--value)'),
        ...line(gradients, 0, 'var(--gradient)', '9 4'),
      ],
    };
  }, [activations, gradients, weights, words]);
  const last = activations.length - 1;
  return (
    <>
      <ul class="depth-legend">
        <li class="activations">{words.activations}</li>
        <li class="gradients">{words.gradients}</li>
        <li class="weights">{words.weights}</li>
      </ul>
      <Chart label={words.chart(shownNumber(activations[last]), shownNumber(gradients[0]))} draw={draw} />
    </>
  );
}

const powerOf = (power: number): string => (Number.isInteger(power) ? shownPower(power) : '');
const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function shownPower(power: number): string {
  return `10${[...String(power)].map((sign) => (sign === '-' ? '⁻' : raised[Number(sign)])).join('')}`;
}
