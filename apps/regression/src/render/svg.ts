import { init } from 'echarts';
import { losses } from '../losses.ts';
import type { Study } from '../study.ts';
import { verdictOf } from '../words.ts';
import { type Axis, axisFor, spread } from './axis.ts';
import { finish } from './finish.ts';
import { inks, strokes } from './palette.ts';
import { broadLine, fitLine, pointSeries } from './series.ts';

const size = { width: 880, height: 690 };
const frame = { left: 52, right: 212 };
/** Where the two panels stand. */
const upper = { top: 52, height: 300 };
const lower = { top: 448, height: 190 };
const font = 'system-ui, sans-serif';

/**
 * The fits as SVG, for light and dark pages: above with the points and the true curve, below as what each lies off it.
 * Every curve has its name at its end, and dashes of its own.
 */
export function drawFits(study: Study): string {
  const { problem, truth, losses: studied } = study;
  const offs = studied.map(({ fit }) => fit.curve.map((y, at) => y - truth[at]));
  const heights = axisFor(
    [...problem.points.map(({ y }) => y), ...truth, ...studied.flatMap(({ fit }) => fit.curve)],
    6,
  );
  const errors = axisFor([0, ...offs.flat()], 4);
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  chart.setOption({
    animation: false,
    backgroundColor: inks.paper.light,
    textStyle: { fontFamily: font, color: inks.ink.light },
    title: [
      heading(`The fits, with ${problem.formula} as the broad line, points as rings and outliers as crosses`, 18),
      heading('How far each fit lies above the true curve', 414),
    ],
    grid: [upper, lower].map((grid) => ({ ...frame, ...grid, containLabel: false })),
    xAxis: [0, 1].map((gridIndex) => ({ ...xAxis, gridIndex, ...extent(problem.grid) })),
    yAxis: [heights, errors].map((axis, gridIndex) => ({ ...yAxis, gridIndex, ...axis })),
    series: [
      broadLine(problem.grid, truth, 0),
      broadLine([problem.grid[0], lastOf(problem.grid)], [0, 0], 1),
      ...pointSeries(problem.points),
      ...studied.map(({ name, fit }) => fitLine(name, problem.grid, fit.curve, 0)),
      ...studied.map(({ name }, at) => fitLine(name, problem.grid, offs[at], 1)),
    ],
    graphic: [
      ...labels(
        study,
        upper,
        heights,
        studied.map(({ fit }) => lastOf(fit.curve)),
      ),
      ...labels(study, lower, errors, offs.map(lastOf)),
    ],
  });
  const drawn = chart.renderToSVGString();
  chart.dispose();
  const title = `Fits to ${problem.formula} with outliers under ${studied.map(({ name }) => losses[name].title).join(', ')}`;
  return finish(drawn, { title, description: verdictOf(study) ?? title });
}

function heading(text: string, top: number): object {
  return {
    text,
    left: 14,
    top,
    padding: 0,
    textStyle: { fontSize: 14, fontWeight: 600, color: inks.ink.light },
  };
}

const axisColours = {
  axisLine: { show: true, lineStyle: { color: inks.faint.light } },
  axisTick: { show: true, lineStyle: { color: inks.faint.light } },
  axisLabel: { color: inks.ink.light, fontSize: 12 },
  nameTextStyle: { color: inks.faint.light, fontSize: 12 },
  splitLine: { lineStyle: { color: inks.grid.light } },
};
const xAxis = {
  ...axisColours,
  type: 'value',
  name: 'x',
  nameLocation: 'middle',
  nameGap: 28,
  axisLine: { ...axisColours.axisLine, onZero: false },
  axisLabel: { ...axisColours.axisLabel, showMinLabel: false, showMaxLabel: false },
  splitLine: { show: false },
} as const;
const yAxis = { ...axisColours, type: 'value', axisLine: { ...axisColours.axisLine, onZero: false } } as const;

const extent = (grid: readonly number[]): object => ({ min: grid[0], max: lastOf(grid) });
const lastOf = (numbers: readonly number[]): number => numbers[numbers.length - 1];

/** The names of the losses right of a panel, each with a piece of its line, and joined to the end of its curve. */
function labels(study: Study, grid: typeof upper, axis: Axis, ends: readonly number[]): object[] {
  const right = size.width - frame.right;
  const from = ends.map((end) => grid.top + ((axis.max - end) / (axis.max - axis.min)) * grid.height);
  const to = spread(from, 18);
  return study.losses.flatMap(({ name }, at) => {
    const { colour, dash } = strokes[name];
    const line = (points: readonly (readonly number[])[], style: object): object => {
      return { type: 'polyline', shape: { points }, style: { stroke: colour.light, fill: 'none', ...style } };
    };
    const [x, y] = [right + 16, to[at]];
    const text = losses[name].titleWith(study.request);
    const letters = { fontSize: 13, fontFamily: font, fontWeight: 600, verticalAlign: 'middle' };
    return [
      line(
        [
          [right + 2, from[at]],
          [x - 2, y],
        ],
        { lineWidth: 0.7 },
      ),
      line(
        [
          [x, y],
          [x + 30, y],
        ],
        { lineWidth: 2.2, lineDash: dash },
      ),
      { type: 'text', x: x + 36, y, style: { text, fill: colour.light, ...letters } },
    ];
  });
}
