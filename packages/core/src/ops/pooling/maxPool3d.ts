import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { volume } from '../windows/axes.ts';
import { asImagePool, type PoolOptions, poolOptions, poolWindow } from '../windows/poolWindow.ts';
import { still } from '../windows/window.ts';
import { poolImages } from './maxPool2d.ts';

/**
 * y = the largest number under each window of a volume. Padding counts as -Infinity. The gradient goes to the number that
 * was chosen, the first of equals in reading order; a NaN is always chosen.
 *
 * The maximum of a block is the largest of the maxima of its slices: each slice is pooled as an image, then what came out
 * is pooled along the depth. The first of equals is the same, for the first slice is asked first.
 *
 * @param x `[batch, channels, depth, height, width]`
 * @param options by axis `[depth, height, width]`, or one number for all three
 * @returns `[batch, channels, ⌊(depth + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1, and likewise height and width]`
 * @example maxPool3d([[[[[1, 2], [3, 6]]]]], { kernelSize: [1, 2, 2] }) // [[[[[6]]]]]
 * @throws ShapeError when x has other axes, or is smaller than the window
 * @throws ValueError when an option is out of range
 */
export function maxPool3d(x: TensorLike, options: PoolOptions, ...surplus: []): Tensor {
  checkSurplus('maxPool3d', surplus);
  return pool(x, options).output;
}

/**
 * {@link maxPool3d}, and the index in its volume, (slice·height + row)·width + column, of each number that was chosen: -1
 * for padding alone.
 *
 * @example maxPool3dWithIndices([[[[[1, 2], [3, 6]]]]], { kernelSize: [1, 2, 2] }).indices // [3]
 */
export function maxPool3dWithIndices(
  x: TensorLike,
  options: PoolOptions,
  ...surplus: []
): { output: Tensor; indices: Int32Array } {
  checkSurplus('maxPool3dWithIndices', surplus);
  const { output, toIndices } = pool(x, options);
  return { output, indices: toIndices() };
}

function pool(x: TensorLike, options: PoolOptions): { output: Tensor; toIndices: () => Int32Array } {
  checkOptions('maxPool3d', options, poolOptions);
  const inputs = operands('maxPool3d', { x });
  const { window, lengths } = poolWindow('maxPool3d', inputs.x.shape, volume, options);
  const { ceilMode = false } = options;
  const [batch, channels, depth, height, width] = inputs.x.shape;
  const [outDepth, outHeight, outWidth] = lengths;
  const perSlice = outHeight * outWidth;

  const slices = reshape(inputs.x, [batch, channels * depth, height, width]);
  const flat = poolImages(slices, { ...asImagePool(window[1], window[2]), ceilMode });
  const stacks = reshape(flat.output, [batch, channels, depth, perSlice]);
  const deep = poolImages(stacks, { ...asImagePool(window[0], still), ceilMode });

  const toIndices = (): Int32Array => {
    const inSlices = flat.chosen.toIndices(flat.output);
    return deep.chosen.toIndices(deep.output).map((index, at) => {
      if (index < 0) return index;
      const volume = Math.floor(at / (outDepth * perSlice));
      const inSlice = inSlices[volume * depth * perSlice + index];
      return inSlice < 0 ? inSlice : Math.floor(index / perSlice) * height * width + inSlice;
    });
  };
  return { output: reshape(deep.output, [batch, channels, ...lengths]), toIndices };
}
