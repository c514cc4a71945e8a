import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { signal } from '../windows/axes.ts';
import { asImagePool, type PoolOptions, poolOptions, poolWindow } from '../windows/poolWindow.ts';
import { still } from '../windows/window.ts';
import type { ChosenIndices } from './chosenIndices.ts';
import { poolImages } from './maxPool2d.ts';

/**
 * y = the largest number under each window. Padding counts as -Infinity. The gradient goes to the number that was
 * chosen, the first of equals; a NaN is always chosen. It is `maxPool2d` of images that are one row high.
 *
 * @param x `[batch, channels, length]`
 * @returns `[batch, channels, ⌊(length + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1]`
 * @example maxPool1d([[[1, 3, 7, 5]]], { kernelSize: 2 }) // [[[3, 7]]]
 * @throws ShapeError when x has other axes, or is smaller than the window
 * @throws ValueError when an option is out of range
 */
export function maxPool1d(x: TensorLike, options: PoolOptions, ...surplus: []): Tensor {
  checkSurplus('maxPool1d', surplus);
  return pool(x, options).output;
}

/**
 * {@link maxPool1d}, and the index along the axis of each number that was chosen: -1 for padding alone.
 *
 * @example maxPool1dWithIndices([[[1, 3, 7, 5]]], { kernelSize: 2 }).indices // [1, 2]
 */
export function maxPool1dWithIndices(
  x: TensorLike,
  options: PoolOptions,
  ...surplus: []
): { output: Tensor; indices: Int32Array } {
  checkSurplus('maxPool1dWithIndices', surplus);
  const { output, chosen } = pool(x, options);
  return { output, indices: chosen.toIndices(output) };
}

function pool(x: TensorLike, options: PoolOptions): { output: Tensor; chosen: ChosenIndices } {
  checkOptions('maxPool1d', options, poolOptions);
  const inputs = operands('maxPool1d', { x });
  const { window, lengths } = poolWindow('maxPool1d', inputs.x.shape, signal, options);
  const [batch, channels, length] = inputs.x.shape;
  const rows = reshape(inputs.x, [batch, channels, 1, length]);
  const { output, chosen } = poolImages(rows, {
    ...asImagePool(still, window[0]),
    ceilMode: options.ceilMode ?? false,
  });
  return { output: reshape(output, [batch, channels, lengths[0]]), chosen };
}
