import type { DataType } from '@tapegrad/core';

/** How numbers of one type lie in a safetensors file, little-endian, and as what they are read. */
export interface ElementType {
  readonly bytes: number;
  /** The type that holds every number of it exactly, but for whole numbers beyond 2^53. */
  readonly dtype: DataType;
  readonly read: (view: DataView, at: number) => number;
}

/** The types of safetensors, by name. */
export const elementTypes: ReadonlyMap<string, ElementType> = new Map([
  ['F64', { bytes: 8, dtype: 'float64', read: (view, at) => view.getFloat64(at, true) }],
  ['F32', { bytes: 4, dtype: 'float32', read: (view, at) => view.getFloat32(at, true) }],
  ['F16', { bytes: 2, dtype: 'float32', read: (view, at) => halfOf(view.getUint16(at, true)) }],
  ['BF16', { bytes: 2, dtype: 'float32', read: (view, at) => brainOf(view.getUint16(at, true)) }],
  ['I64', { bytes: 8, dtype: 'float64', read: (view, at) => Number(view.getBigInt64(at, true)) }],
  ['U64', { bytes: 8, dtype: 'float64', read: (view, at) => Number(view.getBigUint64(at, true)) }],
  ['I32', { bytes: 4, dtype: 'float64', read: (view, at) => view.getInt32(at, true) }],
  ['U32', { bytes: 4, dtype: 'float64', read: (view, at) => view.getUint32(at, true) }],
  ['I16', { bytes: 2, dtype: 'float32', read: (view, at) => view.getInt16(at, true) }],
  ['U16', { bytes: 2, dtype: 'float32', read: (view, at) => view.getUint16(at, true) }],
  ['I8', { bytes: 1, dtype: 'float32', read: (view, at) => view.getInt8(at) }],
  ['U8', { bytes: 1, dtype: 'float32', read: (view, at) => view.getUint8(at) }],
  ['BOOL', { bytes: 1, dtype: 'float32', read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) }],
] satisfies [string, ElementType][]);

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function halfOf(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const word = new DataView(new ArrayBuffer(4));

/** bfloat16: the upper half of a float32. */
function brainOf(bits: number): number {
  word.setUint32(0, bits * 2 ** 16);
  return word.getFloat32(0);
}
