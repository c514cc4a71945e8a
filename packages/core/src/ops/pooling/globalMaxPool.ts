import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { reducedShape, sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { maxAlong } from '../reductions/extremesAlong.ts';
import { reshape } from '../shape/reshape.ts';
import { type GlobalPoolOptions, globalAxes, globalPoolOptions } from './globalPooling.ts';

/**
 * y[n, c] = the largest number of channel c. All of the gradient goes to it, to the first of equals in reading order; a NaN
 * is always chosen. (The reduction `max` shares the gradient among equals.)
 *
 * @param x `[batch, channels, ...spatial]`, with any number of spatial axes
 * @returns `[batch, channels]`, or with `keepDims` `[batch, channels, 1, …]`
 * @example globalMaxPool([[[[1, 2], [3, 6]]]]) // [[6]]
 * @throws ShapeError when x has no spatial axes, or an empty one
 */
export function globalMaxPool(x: TensorLike, options: GlobalPoolOptions = {}, ...surplus: []): Tensor {
  checkSurplus('globalMaxPool', surplus);
  const { keepDims = false } = checkOptions('globalMaxPool', options, globalPoolOptions);
  const inputs = operands('globalMaxPool', { x });
  const { shape } = inputs.x;
  const axes = globalAxes('globalMaxPool', shape);
  const { values } = maxAlong(reshape(inputs.x, [...shape.slice(0, 2), sizeOf(shape.slice(2))]), { axis: 2 });
  return reshape(values, reducedShape(shape, axes, keepDims));
}
