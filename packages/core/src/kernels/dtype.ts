/** The two number types of a tensor: float32 is the default and fast, float64 is the truth that derivatives are checked in. */
export type DataType = 'float32' | 'float64';

/** The flat arrays that hold a tensor's numbers. */
export type FloatArray = Float32Array | Float64Array;

/** A new array of zeros. */
export function allocateFloats(dtype: DataType, length: number): FloatArray {
  return dtype === 'float32' ? new Float32Array(length) : new Float64Array(length);
}
