import { beyondOf, type Edge } from '../beyond.ts';
import { type ImageBatch, type Layer, rewritten } from '../imageBatch.ts';

/** The first row and column of what is looked at; they may lie beyond the edge. */
export interface Corner {
  readonly top: number;
  readonly left: number;
}

/** Of every image a window of one size, at whole pixels. */
export function windows(
  batch: ImageBatch,
  size: readonly [height: number, width: number],
  edge: Edge,
  corners: readonly Corner[],
): ImageBatch {
  const [, , height, width] = batch.shape;
  return rewritten(batch, size, (from, to) => {
    for (const [image, corner] of corners.entries()) {
      for (let channel = 0; channel < from.channels; channel++) {
        copyWindow(from, to, image * from.channels + channel, [height, width], size, corner, edge);
      }
    }
  });
}

/** Copies row by row. */
function copyWindow(
  from: Layer,
  to: Layer,
  plane: number,
  [height, width]: readonly [number, number],
  [rows, columns]: readonly [number, number],
  { top, left }: Corner,
  edge: Edge,
): void {
  const beyond = beyondOf(edge, from.isMask);
  const read = plane * height * width;
  for (let row = 0; row < rows; row++) {
    const written = (plane * rows + row) * columns;
    const y = top + row;
    const isInside = y >= 0 && y < height;
    if (!isInside && beyond !== 'edge') {
      to.numbers.fill(beyond, written, written + columns);
      continue;
    }
    const line = read + Math.min(Math.max(y, 0), height - 1) * width;
    const { numbers } = from;
    const { numbers: result } = to;
    // Rows are short: a loop is quicker than a view of each.
    for (let x = 0; x < columns; x++) {
      const at = left + x;
      const isWithin = at >= 0 && at < width;
      if (isWithin) result[written + x] = numbers[line + at];
      else result[written + x] = beyond === 'edge' ? numbers[line + (at < 0 ? 0 : width - 1)] : beyond;
    }
  }
}
