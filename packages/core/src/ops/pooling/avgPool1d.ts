import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { signal } from '../windows/axes.ts';
import { asImagePool, poolWindow } from '../windows/poolWindow.ts';
import { still } from '../windows/window.ts';
import { type AvgPoolOptions, avgPool2d, avgPoolOptions } from './avgPool2d.ts';

/**
 * y = the mean of the numbers under each window. Every one of them gets an equal share of the cotangent. It is
 * `avgPool2d` of images that are one row high.
 *
 * @param x `[batch, channels, length]`
 * @returns `[batch, channels, ⌊(length + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1]`
 * @example avgPool1d([[[1, 3, 5, 7]]], { kernelSize: 2 }) // [[[2, 6]]]
 * @throws ShapeError when x has other axes, or is smaller than the window
 * @throws ValueError when an option is out of range
 */
export function avgPool1d(x: TensorLike, options: AvgPoolOptions, ...surplus: []): Tensor {
  checkSurplus('avgPool1d', surplus);
  const { ceilMode = false, countIncludePad = true } = checkOptions('avgPool1d', options, avgPoolOptions);
  const inputs = operands('avgPool1d', { x });
  const { window, lengths } = poolWindow('avgPool1d', inputs.x.shape, signal, options);
  const [batch, channels, length] = inputs.x.shape;
  const rows = reshape(inputs.x, [batch, channels, 1, length]);
  const y = avgPool2d(rows, { ...asImagePool(still, window[0]), ceilMode, countIncludePad });
  return reshape(y, [batch, channels, lengths[0]]);
}
