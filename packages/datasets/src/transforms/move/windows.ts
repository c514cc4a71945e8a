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

/** Copies row by row: what lies inside in one go, and beyond it pixel by pixel. */
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
  const [first, last] = [Math.max(0, -left), Math.min(columns, width - left)];
  for (let row = 0; row < rows; row++) {
    const written = (plane * rows + row) * columns;
    const y = top + row;
    const isInside = y >= 0 && y < height;
    if (!isInside && beyond !== 'edge') {
      to.numbers.fill(beyond, written, written + columns);
      continue;
    }
    const line = read + Math.min(Math.max(y, 0), height - 1) * width;
    if (last > first) to.numbers.set(from.numbers.subarray(line + left + first, line + left + last), written + first);
    const [before, behind] =
      beyond === 'edge' ? [from.numbers[line], from.numbers[line + width - 1]] : [beyond, beyond];
    // A window may lie wholly beside the image.
    to.numbers.fill(before, written, written + Math.min(first, columns));
    to.numbers.fill(behind, written + Math.max(last, 0), written + columns);
  }
}
