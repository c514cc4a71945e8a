import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { signal } from '../windows/axes.ts';
import { adaptiveAvgPool2d } from './adaptiveAvgPool2d.ts';
import { type AdaptivePool1dOptions, adaptivePool1dOptions, adaptiveSizes } from './adaptiveSizes.ts';

/**
 * y = the mean of each cell, where the axis is cut into `outputSize` cells, whatever its length: cell i covers
 * ⌊i·length / cells⌋ up to ⌈(i + 1)·length / cells⌉. It is `adaptiveAvgPool2d` of images that are one row high.
 *
 * @param x `[batch, channels, length]`
 * @returns `[batch, channels, outputSize]`
 * @example adaptiveAvgPool1d([[[1, 3, 5, 7]]], { outputSize: 2 }) // [[[2, 6]]]
 * @throws ShapeError when x has other axes, or an empty one
 * @throws ValueError when the output size is not a whole number of at least 1
 */
export function adaptiveAvgPool1d(x: TensorLike, options: AdaptivePool1dOptions, ...surplus: []): Tensor {
  checkSurplus('adaptiveAvgPool1d', surplus);
  const { outputSize } = checkOptions('adaptiveAvgPool1d', options, adaptivePool1dOptions);
  const inputs = operands('adaptiveAvgPool1d', { x });
  const [cells] = adaptiveSizes('adaptiveAvgPool1d', inputs.x.shape, outputSize, signal);
  const [batch, channels, length] = inputs.x.shape;
  const y = adaptiveAvgPool2d(reshape(inputs.x, [batch, channels, 1, length]), { outputSize: [1, cells] });
  return reshape(y, [batch, channels, cells]);
}
