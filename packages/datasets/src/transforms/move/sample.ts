import type { Beyond } from '../beyond.ts';
import type { MaskNumbers } from '../imageBatch.ts';

/** Where to look in a picture for each of its new pixels: to [row, column] of pixel `at` belongs rows[at], columns[at]. */
export interface Positions {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

/** A plane of height × width numbers that lies in a larger array from `start` on. */
export interface Plane {
  readonly numbers: MaskNumbers;
  readonly start: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Writes y[at] = x at [rows[at], columns[at]], interpolated between the four pixels nearest to it. At whole positions that is the pixel
 * itself, bit for bit.
 */
export function sample(plane: Plane, { rows, columns }: Positions, beyond: Beyond, written: MaskNumbers): void {
  const { numbers, start, height, width } = plane;
  for (let at = 0; at < height * width; at++) {
    const row = Math.floor(rows[at]);
    const column = Math.floor(columns[at]);
    const down = rows[at] - row;
    const right = columns[at] - column;
    if (row < 0 || column < 0 || row >= height - 1 || column >= width - 1) {
      written[start + at] = sampleAtEdge(plane, row, column, down, right, beyond);
      continue;
    }
    const first = start + row * width + column;
    const above = between(numbers[first], numbers[first + 1], right);
    written[start + at] = between(above, between(numbers[first + width], numbers[first + width + 1], right), down);
  }
}

/** Writes the pixel nearest to each position, without interpolation; halves are rounded up. */
export function nearest(plane: Plane, { rows, columns }: Positions, beyond: Beyond, written: MaskNumbers): void {
  const { start, height, width } = plane;
  for (let at = 0; at < height * width; at++) {
    written[start + at] = pixel(plane, Math.floor(rows[at] + 0.5), Math.floor(columns[at] + 0.5), beyond);
  }
}

/** The same where some of the four pixels may lie beyond the edge. */
function sampleAtEdge(plane: Plane, row: number, column: number, down: number, right: number, beyond: Beyond): number {
  const above = between(pixel(plane, row, column, beyond), pixel(plane, row, column + 1, beyond), right);
  const below = between(pixel(plane, row + 1, column, beyond), pixel(plane, row + 1, column + 1, beyond), right);
  return between(above, below, down);
}

function pixel({ numbers, start, height, width }: Plane, row: number, column: number, beyond: Beyond): number {
  if (beyond !== 'edge' && (row < 0 || row >= height || column < 0 || column >= width)) return beyond;
  return numbers[start + clamp(row, height) * width + clamp(column, width)];
}

/** A number that lies `share` of the way from the first to the second; exactly the first when that is nothing. */
function between(first: number, second: number, share: number): number {
  return share === 0 ? first : first + share * (second - first);
}

function clamp(coordinate: number, length: number): number {
  return Math.min(Math.max(coordinate, 0), length - 1);
}
