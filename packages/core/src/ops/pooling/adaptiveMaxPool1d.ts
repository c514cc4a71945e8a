import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { signal } from '../windows/axes.ts';
import { adaptiveMaxPool2dWithIndices } from './adaptiveMaxPool2d.ts';
import { type AdaptivePool1dOptions, adaptivePool1dOptions, adaptiveSizes } from './adaptiveSizes.ts';

/**
 * y = the largest number of each cell, where the axis is cut into `outputSize` cells, whatever its length: cell i covers
 * ⌊i·length / cells⌋ up to ⌈(i + 1)·length / cells⌉. The gradient goes to the number that was chosen, the first of equals; a
 * NaN is always chosen. It is `adaptiveMaxPool2d` of images that are one row high.
 *
 * @param x `[batch, channels, length]`
 * @returns `[batch, channels, outputSize]`
 * @example adaptiveMaxPool1d([[[1, 3, 5, 7]]], { outputSize: 2 }) // [[[3, 7]]]
 * @throws ShapeError when x has other axes, or an empty one
 * @throws ValueError when the output size is not a whole number of at least 1
 */
export function adaptiveMaxPool1d(x: TensorLike, options: AdaptivePool1dOptions, ...surplus: []): Tensor {
  checkSurplus('adaptiveMaxPool1d', surplus);
  return adaptiveMaxPool1dWithIndices(x, options).output;
}

/**
 * {@link adaptiveMaxPool1d}, and the index in its signal of each number that was chosen.
 *
 * @example adaptiveMaxPool1dWithIndices([[[1, 3, 7, 5]]], { outputSize: 2 }).indices // [1, 2]
 */
export function adaptiveMaxPool1dWithIndices(
  x: TensorLike,
  options: AdaptivePool1dOptions,
  ...surplus: []
): { output: Tensor; indices: Int32Array } {
  checkSurplus('adaptiveMaxPool1dWithIndices', surplus);
  const { outputSize } = checkOptions('adaptiveMaxPool1d', options, adaptivePool1dOptions);
  const inputs = operands('adaptiveMaxPool1d', { x });
  const [cells] = adaptiveSizes('adaptiveMaxPool1d', inputs.x.shape, outputSize, signal);
  const [batch, channels, length] = inputs.x.shape;
  const rows = reshape(inputs.x, [batch, channels, 1, length]);
  const { output, indices } = adaptiveMaxPool2dWithIndices(rows, { outputSize: [1, cells] });
  return { output: reshape(output, [batch, channels, cells]), indices };
}
