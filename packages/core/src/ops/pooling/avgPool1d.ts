import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { avgPool2d } from './avgPool2d.ts';
import type { Pool1dOptions } from './maxPool1d.ts';
import { asImagePool, poolingAxes } from './spatialPooling.ts';

export interface AvgPool1dOptions extends Omit<Pool1dOptions, 'dilation'> {
  /** Whether padding counts as zeros that are averaged over. What hangs over the padding never does. Default: true. */
  readonly countIncludePad?: boolean;
}

/**
 * y = the mean of the numbers under each window. Every one of them gets an equal share of the cotangent. It is
 * `avgPool2d` of images that are one row high.
 *
 * @param x `[batch, channels, length]`
 * @returns `[batch, channels, ⌊(length + 2·padding - kernel) / stride⌋ + 1]`
 * @throws ShapeError when x has other axes, or is smaller than the window
 * @throws ValueError when an option is out of range
 */
export function avgPool1d(x: TensorLike, options: AvgPool1dOptions): Tensor {
  const inputs = operands('avgPool1d', { x });
  const { kernelSize, stride = kernelSize, padding = 0, ceilMode = false, countIncludePad = true } = options;
  const window = { kernelSize, stride, padding, ceilMode };
  const { axes, lengths } = poolingAxes('avgPool1d', inputs.x.shape, ['length'], window);
  const [batch, channels, length] = inputs.x.shape;
  const rows = reshape(inputs.x, [batch, channels, 1, length]);
  const y = avgPool2d(rows, { ...asImagePool(null, axes[0]), ceilMode, countIncludePad });
  return reshape(y, [batch, channels, lengths[0]]);
}
