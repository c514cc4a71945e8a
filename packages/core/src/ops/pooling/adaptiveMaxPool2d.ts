import * as kernels from '../../engine/kernels.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { indexArray } from '../../tensor/indices.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { gather } from '../indexing/gather.ts';
import { reshape } from '../shape/reshape.ts';
import { image, type PerAxis } from '../windows/axes.ts';
import { adaptiveSizes } from './adaptiveSizes.ts';

/**
 * y = the largest number of each cell, where the image is cut into as many cells as the output has places, whatever its
 * size: cell i of an axis covers ⌊i·length / cells⌋ up to ⌈(i + 1)·length / cells⌉. The gradient goes to the number that
 * was chosen, the first of equals in reading order; a NaN is always chosen. As in PyTorch.
 *
 * @param x `[batch, channels, height, width]`
 * @param outputSize `[outHeight, outWidth]`, or one number for both; it may be larger than the image
 * @returns `[batch, channels, outHeight, outWidth]`
 * @throws ShapeError when x has other axes, or an empty one
 * @throws ValueError when the output size is not whole numbers of at least 1
 */
export function adaptiveMaxPool2d(x: TensorLike, outputSize: PerAxis): Tensor {
  return adaptiveMaxPool2dWithPlaces(x, outputSize).output;
}

/** {@link adaptiveMaxPool2d}, and the place in its plane (row·width + column) of each number that was chosen. */
export function adaptiveMaxPool2dWithPlaces(
  x: TensorLike,
  outputSize: PerAxis,
): { output: Tensor; places: Int32Array } {
  const inputs = operands('adaptiveMaxPool2d', { x });
  const { shape } = inputs.x;
  const [outHeight, outWidth] = adaptiveSizes('adaptiveMaxPool2d', shape, outputSize, image);
  const [batch, channels, height, width] = shape;
  const [planes, cells] = [batch * channels, outHeight * outWidth];
  const places = new Int32Array(planes * cells);
  kernels.adaptiveArgMax2d(inputs.x.read(), places, planes, height, width, outHeight, outWidth);
  const chosen = gather(reshape(inputs.x, [planes, height * width]), 1, indexArray(places, [planes, cells]));
  return { output: reshape(chosen, [batch, channels, outHeight, outWidth]), places };
}
