import type { Random } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type Edge, type EdgeOptions, edgeOf, edgeOptions } from '../beyond.ts';
import type { ImageBatch } from '../imageBatch.ts';
import { checkWhole } from '../ranges.ts';
import { windows } from './windows.ts';

export interface ShiftOptions extends EdgeOptions {
  /** How far an image moves at most. */
  readonly pixels: number;
}

export interface Shift extends Edge {
  readonly kind: 'shift';
  readonly pixels: number;
}

const shiftOptions: OptionNames<ShiftOptions> = { pixels: 'required', ...edgeOptions };

/**
 * y[row, column] = x[row - a, column - b]: each image moved by whole numbers of pixels a and b, both drawn from -pixels to
 * pixels, all equally likely. What moves in is the edge's pixels, or the number `beyond`; a mask moves along.
 *
 * @example shift({ pixels: 2 }).kind // "shift"
 * @throws ValueError when `pixels` is not a whole number from 0 to 1024
 */
export function shift(options: ShiftOptions, ...surplus: []): Shift {
  checkSurplus('shift', surplus);
  const { pixels } = checkOptions('shift', options, shiftOptions);
  checkWhole('shift', 'pixels', pixels, 0, 1024);
  return { kind: 'shift', pixels, ...edgeOf('shift', options, 'edge') };
}

export function shifted(batch: ImageBatch, { pixels, ...edge }: Shift, random: Random): ImageBatch {
  if (pixels === 0) return batch;
  const [count, , height, width] = batch.shape;
  const corners = Array.from({ length: count }, () => {
    const down = random.integer(2 * pixels + 1) - pixels;
    const right = random.integer(2 * pixels + 1) - pixels;
    return { top: -down, left: -right };
  });
  return windows(batch, [height, width], edge, corners);
}
