import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { volume } from '../windows/axes.ts';
import { asImagePool, poolWindow } from '../windows/poolWindow.ts';
import { still } from '../windows/window.ts';
import { type AvgPoolOptions, avgPool2d, avgPoolOptions } from './avgPool2d.ts';

/**
 * y = the mean of the numbers under each window of a volume. Every one of them gets an equal share of the cotangent.
 *
 * The elements that a block covers are a product, and so is what the sum is divided by: each slice is pooled as an image,
 * then what came out is pooled along the depth.
 *
 * @param x `[batch, channels, depth, height, width]`
 * @param options by axis `[depth, height, width]`, or one number for all three
 * @returns `[batch, channels, ⌊(depth + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1, and likewise height and width]`
 * @example avgPool3d([[[[[1, 2], [3, 6]]]]], { kernelSize: [1, 2, 2] }) // [[[[[3]]]]]
 * @throws ShapeError when x has other axes, or is smaller than the window
 * @throws ValueError when an option is out of range
 */
export function avgPool3d(x: TensorLike, options: AvgPoolOptions, ...surplus: []): Tensor {
  checkSurplus('avgPool3d', surplus);
  const { ceilMode = false, countIncludePad = true } = checkOptions('avgPool3d', options, avgPoolOptions);
  const inputs = operands('avgPool3d', { x });
  const { window, lengths } = poolWindow('avgPool3d', inputs.x.shape, volume, options);
  const [batch, channels, depth, height, width] = inputs.x.shape;
  const slices = reshape(inputs.x, [batch, channels * depth, height, width]);
  const flat = avgPool2d(slices, { ...asImagePool(window[1], window[2]), ceilMode, countIncludePad });
  const stacks = reshape(flat, [batch, channels, depth, lengths[1] * lengths[2]]);
  const deep = avgPool2d(stacks, { ...asImagePool(window[0], still), ceilMode, countIncludePad });
  return reshape(deep, [batch, channels, ...lengths]);
}
