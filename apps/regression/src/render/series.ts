import type { LossName } from '../losses.ts';
import type { Point } from '../problem.ts';
import { inks, strokes } from './palette.ts';

const cross = 'path://M-1,-1L1,1M-1,1L1,-1';

function pairs(x: readonly number[], y: readonly number[]): number[][] {
  return x.map((each, at) => [each, y[at]]);
}

/** The true curve, which lies behind all others. */
export function broadLine(x: readonly number[], y: readonly number[], panel: number) {
  return {
    ...lineOn(panel),
    data: pairs(x, y),
    lineStyle: { width: 7, color: inks.truth.light, cap: 'round' as const },
  };
}

/** A fit, in the colour and dashes of its loss. */
export function fitLine(name: LossName, x: readonly number[], y: readonly number[], panel: number) {
  const { colour, dash } = strokes[name];
  return { ...lineOn(panel), data: pairs(x, y), lineStyle: { width: 2.2, color: colour.light, type: dash } };
}

function lineOn(panel: number) {
  return { type: 'line' as const, xAxisIndex: panel, yAxisIndex: panel, symbol: 'none', silent: true };
}

/** The points as rings, and the outliers as crosses. */
export function pointSeries(points: readonly Point[]) {
  const of = (isOutlier: boolean): number[][] =>
    points.filter((point) => point.isOutlier === isOutlier).map(({ x, y }) => [x, y]);
  const common = { type: 'scatter' as const, silent: true };
  return [
    {
      ...common,
      data: of(false),
      symbol: 'circle',
      symbolSize: 6,
      itemStyle: { color: 'none', borderColor: inks.faint.light, borderWidth: 1, opacity: 1 },
    },
    {
      ...common,
      data: of(true),
      symbol: cross,
      symbolSize: 9,
      itemStyle: { color: 'none', borderColor: inks.ink.light, borderWidth: 2, opacity: 1 },
    },
  ];
}
