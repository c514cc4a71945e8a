import type { NdArray } from 'ndarray';
import { ValueError } from '../errors.ts';
import { type TensorLike, tensor } from './create.ts';
import { formatShape, type Shape } from './shape.ts';
import { ndarrayOf } from './strided.ts';
import { Tensor } from './tensor.ts';

/** Whole numbers that say where to look, counted from 0: lists, typed arrays, ndarrays, or a tensor of whole numbers. */
export type Indices = TensorLike;

/** Indices as they were read: checked, flat in row-major order, and the tensor they came in, if they did. */
export interface ReadIndices {
  readonly numbers: Int32Array;
  readonly shape: Shape;
  readonly tensor: Tensor | undefined;
}

/**
 * Reads indices into something of that length along an axis.
 *
 * @param meaning what they count, for the message: `indices along axis 1 of x [2, 3]`
 * @throws ValueError naming the first that is not a whole number from 0 to length - 1
 */
export function readIndices(
  operation: string,
  name: string,
  indices: Indices,
  { length, meaning }: { length: number; meaning: string },
): ReadIndices {
  const given = indices instanceof Tensor ? indices : tensor(indices, { dtype: 'float64' });
  given.checkAlive(operation);
  const numbers = given.read();
  const wrong = numbers.findIndex((index) => !Number.isInteger(index) || index < 0 || index >= length);
  if (wrong >= 0) {
    throw new ValueError({
      operation,
      got: `${name}${positionOf(wrong, given.shape)} is ${numbers[wrong]}`,
      wanted:
        length === 0
          ? `no index at all, for there are no ${meaning}`
          : `whole numbers from 0 to ${length - 1}, the ${meaning}`,
      remedy: 'Count from 0, and check that the indices belong to this tensor',
    });
  }
  return { numbers: Int32Array.from(numbers), shape: given.shape, tensor: given === indices ? given : undefined };
}

/** An ndarray of whole numbers. */
export function indexArray(numbers: Int32Array, shape: Shape): NdArray<Int32Array> {
  return ndarrayOf(numbers, shape);
}

/** The position of a flat index, `[1, 0]`; nothing for a scalar. */
function positionOf(flat: number, shape: Shape): string {
  const position: number[] = [];
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    position.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return position.length === 0 ? '' : formatShape(position);
}
