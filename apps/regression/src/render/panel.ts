import type { Point } from '../problem.ts';
import { type DotCanvas, dotCanvas } from './braille.ts';

/** Numbers from `low` to `high`. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What one panel shows. */
export interface PanelPicture {
  readonly title: string;
  readonly points: readonly Point[];
  /** Numbers x at even distances, and the curves there. */
  readonly grid: readonly number[];
  readonly truth: readonly number[];
  readonly curve: readonly number[];
  /** The heights that are seen. */
  readonly heights: Range;
}

/** The signs of a panel, beside the dots of the fit. */
export const signs = { inlier: '·', outlier: '×', above: '▲', below: '▼', truth: '-' } as const;

/** Characters left of the picture: a height and the axis. */
const gutter = 6;

/**
 * A picture of points, the true curve and a fit in characters: `rows` lines of picture below a title and above the x axis,
 * each of `width` characters. Outliers stand in front, as arrows at the rim where they are out of sight; then the fit, which
 * is of dots, the true curve, and the other points.
 */
export function panel(picture: PanelPicture, width: number, rows: number): string[] {
  const { title, points, grid, truth, curve, heights } = picture;
  const columns = width - gutter;
  const [first, last] = [grid[0], grid[grid.length - 1]];
  const columnOf = (x: number): number => Math.round(((x - first) / (last - first || 1)) * (columns - 1));
  const downOf = (y: number): number => (heights.high - y) / (heights.high - heights.low);
  const rowOf = (y: number): number => Math.round(downOf(y) * rows - 0.5);
  const cells = Array.from({ length: rows }, () => new Array<string>(columns).fill(' '));
  const put = (x: number, row: number, sign: string): void => {
    if (row >= 0 && row < rows) cells[row][columnOf(x)] = sign;
  };
  for (const { x, y, isOutlier } of points) if (!isOutlier) put(x, rowOf(y), signs.inlier);
  grid.forEach((x, at) => {
    put(x, rowOf(truth[at]), signs.truth);
  });
  const dots = dotCanvas(columns, rows);
  drawCurve(dots, 2 * columns, 4 * rows, curve, downOf);
  cells.forEach((row, at) => {
    row.forEach((sign, column) => {
      row[column] = dots.cell(column, at) || sign;
    });
  });
  for (const { x, y, isOutlier } of points) {
    if (!isOutlier) continue;
    const row = rowOf(y);
    if (row < 0) put(x, 0, signs.above);
    else if (row >= rows) put(x, rows - 1, signs.below);
    else put(x, row, signs.outlier);
  }
  return [
    `${' '.repeat(gutter)}${title}`.padEnd(width).slice(0, width),
    ...cells.map((row, at) => `${heightAt(at, rows, heights).padStart(gutter - 2)} │${row.join('')}`),
    `${' '.repeat(gutter - 1)}└${'─'.repeat(columns)}`,
    `${' '.repeat(gutter)}${label(first)}${label(last).padStart(columns - label(first).length)}`,
  ];
}

/** Sets a dot in each column of dots, and those between two that lie further apart than one row of them. */
function drawCurve(
  dots: DotCanvas,
  across: number,
  down: number,
  curve: readonly number[],
  downOf: (y: number) => number,
): void {
  let before: number | undefined;
  for (let x = 0; x < across; x++) {
    const exact = (x / (across - 1)) * (curve.length - 1);
    const left = Math.min(Math.floor(exact), curve.length - 2);
    const value = curve[left] + (exact - left) * (curve[left + 1] - curve[left]);
    // A little beyond the rim is far enough, for a fit that flies off.
    const y = Math.max(-1, Math.min(down, Math.round(downOf(value) * down - 0.5)));
    dots.set(x, y);
    const from = before ?? y;
    for (let between = Math.min(from, y) + 1; between < Math.max(from, y); between++) dots.set(x, between);
    before = y;
  }
}

/** The height beside the first row, the middle one and the last. */
function heightAt(row: number, rows: number, { low, high }: Range): string {
  if (row !== 0 && row !== Math.floor(rows / 2) && row !== rows - 1) return '';
  return label(high - ((row + 0.5) / rows) * (high - low));
}

function label(value: number): string {
  const text = Math.abs(value) < 100 ? value.toFixed(1) : value.toPrecision(2);
  return text === '-0.0' ? '0.0' : text;
}
