/** The two number types of a tensor: float32 is the default and fast, float64 is the truth that derivatives are checked in. */
export type DataType = 'float32' | 'float64';

/** The flat arrays that hold a tensor's numbers. */
export type FloatArray = Float32Array | Float64Array;
