import { describe, expect, test } from 'vitest';
import { emptyTensor, type TensorProto } from '../format/tensorProto.ts';
import { ExternalData } from './externalData.ts';
import { meantBy } from './halves.ts';
import { constantOf } from './numbers.ts';

const nowhere = new ExternalData(undefined);
const read = (tensor: Partial<TensorProto>) => constantOf({ ...emptyTensor(), ...tensor }, 'x', false, nowhere).read();
const bytesOf = (array: { readonly buffer: ArrayBuffer }) => new Uint8Array(array.buffer);

/** Numbers as bytes that begin where no processor wants them to. */
function unaligned(array: { readonly buffer: ArrayBuffer }): Uint8Array {
  const bytes = new Uint8Array(array.buffer.byteLength + 1);
  bytes.set(bytesOf(array), 1);
  return bytes.subarray(1);
}

describe('constants', () => {
  test('of every type that is read, in bytes and in lists', () => {
    const floats = Float32Array.of(0, -1.5, 3e-40);
    const doubles = Float64Array.of(0.1, -1e300);
    expect(read({ dims: [3], dataType: 1, rawData: unaligned(floats) })).toEqual(floats);
    expect(
      read({ dims: [3], dataType: 1, floatData: [bytesOf(floats).slice(0, 4), bytesOf(floats).slice(4)] }),
    ).toEqual(floats);
    expect(read({ dims: [2], dataType: 11, rawData: unaligned(doubles) })).toEqual(doubles);
    expect(read({ dims: [2], dataType: 11, doubleData: [bytesOf(doubles)] })).toEqual(doubles);
    expect(read({ dims: [2], dataType: 7, rawData: unaligned(BigInt64Array.of(-1n, 5n)) })).toEqual(
      Float64Array.of(-1, 5),
    );
    expect(read({ dims: [2], dataType: 7, int64Data: [-1, 5] })).toEqual(Float64Array.of(-1, 5));
    expect(read({ dims: [2], dataType: 6, rawData: bytesOf(Int32Array.of(-7, 8)) })).toEqual(Float64Array.of(-7, 8));
    expect(read({ dims: [1], dataType: 6, int32Data: [-7] })).toEqual(Float64Array.of(-7));
    expect(read({ dims: [], dataType: 1, floatData: [bytesOf(Float32Array.of(2))] })).toEqual(Float32Array.of(2));
    expect(read({ dims: [0, 4], dataType: 1 })).toEqual(new Float32Array());
  });

  test('of float16 and bfloat16, with the ends of the line', () => {
    // 1, -2, the largest, the smallest, infinity, not a number
    const halves = [0x3c00, 0xc000, 0x7bff, 0x0001, 0xfc00, 0x7e00];
    const numbers = Float32Array.of(1, -2, 65504, 2 ** -24, -Infinity, Number.NaN);
    expect(read({ dims: [6], dataType: 10, rawData: bytesOf(Uint16Array.from(halves)) })).toEqual(numbers);
    expect(read({ dims: [6], dataType: 10, int32Data: halves })).toEqual(numbers);
    const brains = [0x3f80, 0xc000, 0x7f80];
    const wanted = Float32Array.of(1, -2, Infinity);
    expect(read({ dims: [3], dataType: 16, rawData: bytesOf(Uint16Array.from(brains)) })).toEqual(wanted);
    expect(read({ dims: [3], dataType: 16, int32Data: brains })).toEqual(wanted);
  });
});

test('options that went through float32 come back as they were', () => {
  for (const number of [1e-5, 1e-12, 0.1, 0.01, 0.3, 1 / 6, 1, 0, -2.5, 1e10]) {
    expect(meantBy(Math.fround(number))).toBe(number);
  }
  expect(meantBy(Math.fround(Math.PI))).toBeCloseTo(Math.PI, 6);
  expect(meantBy(Infinity)).toBe(Infinity);
});
