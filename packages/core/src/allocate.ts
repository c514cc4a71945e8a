import { OutOfMemoryError } from './errors.ts';
import type { DataType, FloatArray } from './kernels/dtype.ts';

/**
 * A new typed array of zeros, where the numbers do not lie in the memory of the engine. Alone it asks the machine for room, so
 * that a shape which no array can hold is an error in words.
 *
 * @example allocate(Int32Array, 3) // Int32Array [0, 0, 0]
 * @throws OutOfMemoryError when there is no room for so many numbers, or no array may be so long
 */
export function allocate<Numbers>(Kind: new (length: number) => Numbers, length: number): Numbers {
  try {
    // Of NaN an array would be empty, and of 1.5 one number long.
    if (!Number.isInteger(length)) throw new RangeError('no whole number');
    return new Kind(length);
  } catch (cause) {
    throw new OutOfMemoryError(
      {
        operation: 'memory',
        got: `a request for ${length} numbers`,
        wanted: 'as many as an array can hold',
        remedy: 'Check the shape, or use smaller batches',
      },
      { cause },
    );
  }
}

/** A new array of zeros of a tensor's type. Throws as {@link allocate} does. */
export function allocateFloats(dtype: DataType, length: number): FloatArray {
  return allocate<FloatArray>(dtype === 'float32' ? Float32Array : Float64Array, length);
}
