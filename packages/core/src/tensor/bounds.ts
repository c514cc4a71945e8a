import type { NdArray } from 'ndarray';
import { ShapeError } from '../errors.ts';
import { formatShape, sizeOf } from './shape.ts';

/**
 * Throws unless every element of a view lies within its data. `ndarray` itself does not look: of `[1, 2, 3]` it makes a
 * view of shape `[2, 2]`, whose last element is whatever lies behind.
 *
 * @throws ShapeError telling shape, strides and offset, and how far they reach
 */
export function checkBounds(operation: string, { data, shape, stride, offset }: NdArray): void {
  if (stride.length !== shape.length || ![...stride, offset].every(Number.isInteger)) {
    throw new ShapeError({
      operation,
      got: `an ndarray of shape ${formatShape(shape)} with the strides [${stride.join(', ')}] and the offset ${offset}`,
      wanted: 'one whole number as stride for each axis, and a whole number as offset',
      remedy: 'Make it with `ndarray(data, shape)`, which works out the strides',
    });
  }
  if (sizeOf(shape) === 0) return;
  let [first, last] = [offset, offset];
  for (let axis = 0; axis < shape.length; axis++) {
    const reach = (shape[axis] - 1) * stride[axis];
    if (reach < 0) first += reach;
    else last += reach;
  }
  if (first >= 0 && last < data.length) return;
  throw new ShapeError({
    operation,
    got: `an ndarray of shape ${formatShape(shape)}, strides [${stride.join(', ')}] and offset ${offset}, which reaches from index ${first} to ${last} of data that holds ${data.length} numbers`,
    wanted: 'elements that all lie within the data',
    remedy: 'Check that the shape belongs to these data; `ndarray` itself does not',
  });
}
