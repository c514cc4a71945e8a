import { allocate } from '../../allocate.ts';
import * as kernels from '../../engine/kernels.ts';
import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { indexArray } from '../../tensor/indices.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { gather } from '../indexing/gather.ts';
import { reshape } from '../shape/reshape.ts';
import { image } from '../windows/axes.ts';
import { type AdaptivePool2dOptions, adaptivePool2dOptions, adaptiveSizes } from './adaptiveSizes.ts';

/**
 * y = the largest number of each cell, where the image is cut into `outputSize` cells, whatever its
 * size: cell i of an axis covers ⌊i·length / cells⌋ up to ⌈(i + 1)·length / cells⌉. The gradient goes to the number that
 * was chosen, the first of equals in reading order; a NaN is always chosen. As in PyTorch.
 *
 * @param x `[batch, channels, height, width]`
 * @returns `[batch, channels, outHeight, outWidth]`
 * @example adaptiveMaxPool2d([[[[1, 2], [3, 6]]]], { outputSize: 1 }) // [[[[6]]]]
 * @throws ShapeError when x has other axes, or an empty one
 * @throws ValueError when the output size is not whole numbers of at least 1
 */
export function adaptiveMaxPool2d(x: TensorLike, options: AdaptivePool2dOptions, ...surplus: []): Tensor {
  checkSurplus('adaptiveMaxPool2d', surplus);
  return adaptiveMaxPool2dWithIndices(x, options).output;
}

/**
 * {@link adaptiveMaxPool2d}, and the index in its plane (row·width + column) of each number that was chosen.
 *
 * @example adaptiveMaxPool2dWithIndices([[[[1, 2], [3, 6]]]], { outputSize: 1 }).indices // [3]
 */
export function adaptiveMaxPool2dWithIndices(
  x: TensorLike,
  options: AdaptivePool2dOptions,
  ...surplus: []
): { output: Tensor; indices: Int32Array } {
  checkSurplus('adaptiveMaxPool2dWithIndices', surplus);
  const { outputSize } = checkOptions('adaptiveMaxPool2d', options, adaptivePool2dOptions);
  const inputs = operands('adaptiveMaxPool2d', { x });
  const { shape } = inputs.x;
  const [outHeight, outWidth] = adaptiveSizes('adaptiveMaxPool2d', shape, outputSize, image);
  const [batch, channels, height, width] = shape;
  const [planes, cells] = [batch * channels, outHeight * outWidth];
  const indices = allocate(Int32Array, planes * cells);
  kernels.adaptiveArgMax2d(inputs.x.read(), indices, planes, height, width, outHeight, outWidth);
  const chosen = gather(reshape(inputs.x, [planes, height * width]), indexArray(indices, [planes, cells]), { axis: 1 });
  return { output: reshape(chosen, [batch, channels, outHeight, outWidth]), indices };
}
