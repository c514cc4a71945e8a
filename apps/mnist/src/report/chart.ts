import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { html, Markup } from './html.ts';

use([LineChart, GridComponent, LegendComponent, SVGRenderer]);

/** One line of a chart. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Whether each point is marked; a line of many points is not. */
  readonly isMarked?: boolean;
}

export interface ChartOptions {
  /** What the chart shows, for those who cannot see it. */
  readonly label: string;
  readonly lines: readonly Line[];
  readonly xName: string;
  readonly yName: string;
  /** Whether y goes by powers of ten. Points that are not above 0 are left out then. */
  readonly isLogarithmic?: boolean;
  /** Whether y grows downwards. */
  readonly isInverse?: boolean;
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
  /** How the numbers at the y axis are written. */
  readonly yFormat?: (value: number) => string;
}

/** So large that words in it can be read on a phone, where it is as wide as the screen. */
const [width, height] = [420, 290];

/** Colours are set by the page, light or dark; lines differ in their dashes and marks as well. */
const colours = Array.from({ length: 6 }, (_, at) => `var(--line-${at + 1})`);
const dashes = ['solid', 'solid', [7, 3], [2, 3], [9, 3, 2, 3], [1, 4]] as const;
const marks = ['circle', 'diamond', 'triangle', 'rect', 'roundRect', 'pin'];
const axis = {
  axisLine: { show: true, lineStyle: { color: 'var(--faint)' } },
  axisTick: { show: false },
  axisLabel: { color: 'var(--ink)', fontSize: 13, hideOverlap: true },
  nameTextStyle: { color: 'var(--ink)', fontSize: 13 },
  splitLine: { lineStyle: { color: 'var(--grid)' } },
  nameLocation: 'middle',
} as const;

/** A line chart as a picture in a page: SVG without scripts, drawn here and now. */
export function chart(options: ChartOptions): Markup {
  const { lines, isLogarithmic = false, isInverse = false, xName, yName, xRange, yRange, yFormat = plain } = options;
  const drawn = lines.map(({ points, ...rest }) => ({
    ...rest,
    points: points.filter(([, y]) => Number.isFinite(y) && (!isLogarithmic || y > 0)),
  }));
  const picture = init(null, null, { renderer: 'svg', ssr: true, width, height });
  picture.setOption({
    animation: false,
    textStyle: { fontFamily: 'inherit', color: 'var(--ink)' },
    legend: {
      show: lines.length > 1,
      left: 0,
      top: 0,
      padding: 0,
      itemGap: 26,
      itemWidth: 26,
      itemHeight: 8,
      inactiveColor: 'var(--ink)',
      textStyle: { color: 'var(--ink)', fontSize: 13 },
    },
    grid: { left: 64, right: 18, top: lines.length > 4 ? 66 : lines.length > 1 ? 30 : 14, bottom: 44 },
    xAxis: {
      ...axis,
      type: 'value',
      name: xName,
      nameGap: 26,
      min: xRange?.[0] ?? 0,
      max: xRange?.[1] ?? 'dataMax',
      // At the bottom, also where the other axis is turned over or has no 0.
      axisLine: { ...axis.axisLine, onZero: false },
      splitLine: { show: false },
      axisLabel: { ...axis.axisLabel, formatter: plain },
    },
    yAxis: {
      ...axis,
      type: isLogarithmic ? 'log' : 'value',
      name: yName,
      nameGap: 48,
      inverse: isInverse,
      scale: true,
      min: yRange?.[0],
      max: yRange?.[1],
      axisLabel: { ...axis.axisLabel, formatter: yFormat },
    },
    series: drawn.map(({ name, points, isMarked = points.length < 8 }, at) => ({
      type: 'line',
      name,
      data: points.map(([x, y]) => [x, y]),
      color: colours[at % colours.length],
      lineStyle: { width: 2, type: dashes[at % dashes.length] },
      symbol: isMarked ? marks[at % marks.length] : 'none',
      showAllSymbol: true,
      symbolSize: 8,
    })),
  });
  const svg = picture.renderToSVGString();
  picture.dispose();
  return html`<div class="chart" role="img" aria-label="${options.label}">${new Markup(svg.replace('<svg ', '<svg aria-hidden="true" '))}</div>`;
}

/** A number at an axis: short, whatever its size. */
export function plain(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const isPlain = rounded === 0 || (Math.abs(rounded) >= 1e-4 && Math.abs(rounded) < 1e6);
  if (!isPlain) return rounded.toExponential().replace('e+', 'e');
  return rounded.toLocaleString('en-GB', { maximumFractionDigits: 6 });
}
