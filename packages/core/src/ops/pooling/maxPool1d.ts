import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { maxPool2dWithPlaces } from './maxPool2d.ts';
import { asImagePool, poolingAxes } from './spatialPooling.ts';

export interface Pool1dOptions {
  /** The size of the window. */
  readonly kernelSize: number;
  /** How far the window moves from one output to the next. Default: the kernel size, so that windows do not overlap. */
  readonly stride?: number;
  /** Padding at both ends, or `[before, after]`; `valid` is none, `same` keeps the length. Default: 0. */
  readonly padding?: number | readonly [before: number, after: number] | 'same' | 'valid';
  /** The distance between neighbouring numbers under the window. Default: 1. */
  readonly dilation?: number;
  /** Whether a last window may hang over the end. Default: false. */
  readonly ceilMode?: boolean;
}

/**
 * y = the largest number under each window. Padding counts as -Infinity. The gradient goes to the number that was
 * chosen, the first of equals; a NaN is always chosen. It is `maxPool2d` of images that are one row high.
 *
 * @param x `[batch, channels, length]`
 * @returns `[batch, channels, ⌊(length + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1]`
 * @throws ShapeError when x has other axes, or is smaller than the window
 * @throws ValueError when an option is out of range
 */
export function maxPool1d(x: TensorLike, options: Pool1dOptions): Tensor {
  return maxPool1dWithPlaces(x, options).output;
}

/** {@link maxPool1d}, and the place along the axis of each number that was chosen: -1 for padding alone. */
export function maxPool1dWithPlaces(x: TensorLike, options: Pool1dOptions): { output: Tensor; places: Int32Array } {
  const inputs = operands('maxPool1d', { x });
  const { axes, lengths } = poolingAxes('maxPool1d', inputs.x.shape, ['length'], options);
  const [batch, channels, length] = inputs.x.shape;
  const rows = reshape(inputs.x, [batch, channels, 1, length]);
  const { output, places } = maxPool2dWithPlaces(rows, {
    ...asImagePool(null, axes[0]),
    ceilMode: options.ceilMode ?? false,
  });
  return { output: reshape(output, [batch, channels, lengths[0]]), places };
}
