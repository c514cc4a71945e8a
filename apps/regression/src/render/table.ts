import { losses } from '../losses.ts';
import type { StudiedLoss, Study } from '../study.ts';
import { decimal, factor } from './numbers.ts';

/** One column: two lines of heading, and what stands in the row of a loss. */
interface Column {
  readonly heading: readonly [string, string];
  readonly cell: (studied: StudiedLoss) => string;
}

const always: readonly Column[] = [
  { heading: ['', 'fit under'], cell: ({ name }) => losses[name].title },
  { heading: ['its mean', 'loss'], cell: ({ fit }) => decimal(fit.loss) },
  { heading: ['from the true', 'curve: RMS'], cell: ({ error }) => decimal(error.rms) },
  { heading: ['', 'most'], cell: ({ error }) => decimal(error.most) },
  { heading: ['to the', 'inliers'], cell: ({ inlierDistance }) => decimal(inlierDistance) },
];

const withOutliers: readonly Column[] = [
  { heading: ['to the', 'outliers'], cell: ({ outliers }) => (outliers ? decimal(outliers.distance) : '') },
  { heading: ['moved by', 'them: RMS'], cell: ({ outliers }) => (outliers ? decimal(outliers.moved.rms) : '') },
  { heading: ['pull of', 'one'], cell: ({ outliers }) => (outliers ? `${factor(outliers.timesThePull)} ×` : '') },
];

/** The numbers of all losses below each other, in at most 80 columns. */
export function tableOf({ losses: studied }: Study): string[] {
  const hasOutliers = studied.some(({ outliers }) => outliers !== undefined);
  const columns = hasOutliers ? [...always, ...withOutliers] : always;
  const rows = [
    columns.map(({ heading }) => heading[0]),
    columns.map(({ heading }) => heading[1]),
    ...studied.map((each) => columns.map(({ cell }) => cell(each))),
  ];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at])))
      .join('  ')
      .trimEnd(),
  );
}
