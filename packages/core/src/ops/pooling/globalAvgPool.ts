import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { mean } from '../reductions/mean.ts';
import { type GlobalPoolOptions, globalAxes, globalPoolOptions } from './globalPooling.ts';

/**
 * y[n, c] = the mean of channel c over all its elements: one number says how much of a feature there is. Every element gets an
 * equal share of the cotangent. Source: Lin, Chen and Yan, "Network In Network", 2014.
 *
 * @param x `[batch, channels, ...spatial]`, with any number of spatial axes
 * @returns `[batch, channels]`, or with `keepDims` `[batch, channels, 1, …]`
 * @example globalAvgPool([[[[1, 2], [3, 6]]]]) // [[3]]
 * @throws ShapeError when x has no spatial axes, or an empty one
 */
export function globalAvgPool(x: TensorLike, options: GlobalPoolOptions = {}, ...surplus: []): Tensor {
  checkSurplus('globalAvgPool', surplus);
  const { keepDims = false } = checkOptions('globalAvgPool', options, globalPoolOptions);
  const inputs = operands('globalAvgPool', { x });
  return mean(inputs.x, { axes: globalAxes('globalAvgPool', inputs.x.shape), keepDims });
}
