import { expect, test } from 'vitest';
import { messagesOf } from '../test/messages.ts';
import { allocate, allocateFloats } from './allocate.ts';

test('an array of zeros, of any kind', () => {
  expect(allocate(Int32Array, 3)).toEqual(Int32Array.of(0, 0, 0));
  expect(allocateFloats('float32', 1)).toEqual(Float32Array.of(0));
  expect(allocateFloats('float64', 0)).toEqual(Float64Array.of());
});

test('one that cannot be is an error in words', () => {
  expect(
    messagesOf({
      'too long': () => allocate(Uint8Array, 2 ** 53),
      infinitely: () => allocateFloats('float32', Number.POSITIVE_INFINITY),
      'no length': () => allocateFloats('float64', Number.NaN),
      'half a number': () => allocate(Int32Array, 1.5),
      'a list': () => allocate(Array, 2 ** 32),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a list": "OutOfMemoryError: memory: a request for 4294967296 numbers; wanted as many as an array can hold. Check the shape, or use smaller batches.",
      "half a number": "OutOfMemoryError: memory: a request for 1.5 numbers; wanted as many as an array can hold. Check the shape, or use smaller batches.",
      "infinitely": "OutOfMemoryError: memory: a request for Infinity numbers; wanted as many as an array can hold. Check the shape, or use smaller batches.",
      "no length": "OutOfMemoryError: memory: a request for NaN numbers; wanted as many as an array can hold. Check the shape, or use smaller batches.",
      "too long": "OutOfMemoryError: memory: a request for 9007199254740992 numbers; wanted as many as an array can hold. Check the shape, or use smaller batches.",
    }
  `);
});
