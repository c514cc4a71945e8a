import { TapegradError } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeIdx } from '../../test/writeIdx.ts';
import { IdxError } from '../errors.ts';
import { readIdx } from './idx.ts';

const name = 'some-idx3-ubyte';
const read = (bytes: ArrayLike<number>) => readIdx(Uint8Array.from(bytes), { name });
const float = fc.float({ noNaN: true });
const elementOf: Readonly<Record<number, fc.Arbitrary<number>>> = {
  8: fc.integer({ min: 0, max: 255 }),
  9: fc.integer({ min: -128, max: 127 }),
  11: fc.integer({ min: -32_768, max: 32_767 }),
  12: fc.integer(),
  13: float,
  14: fc.double({ noNaN: true }),
};
const dtypeOf: Readonly<Record<number, string>> = {
  8: 'uint8',
  9: 'int8',
  11: 'int16',
  12: 'int32',
  13: 'float32',
  14: 'float64',
};
const file = fc
  .record({
    type: fc.constantFrom(8, 9, 11, 12, 13, 14),
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 }),
  })
  .chain(({ type, shape }) => {
    const length = shape.reduce((product, each) => product * each, 1);
    const elements = fc.array(elementOf[type], { minLength: length, maxLength: length });
    return fc.record({ type: fc.constant(type), shape: fc.constant(shape), elements });
  });

describe('readIdx reads', () => {
  test('what was written, in every element type and shape', () => {
    fc.assert(
      fc.property(file, ({ type, shape, elements }) => {
        const array = readIdx(writeIdx(type, shape, elements), { name });
        expect(array.dtype).toBe(dtypeOf[type]);
        expect(array.shape).toEqual(shape);
        expect(Array.from(array.data)).toEqual(elements);
      }),
    );
  });

  test('big-endian numbers in row-major order', () => {
    const array = read([0, 0, 0x0b, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 1, 1, 0, 255, 255, 0, 2]);
    expect([array.get(0, 0), array.get(0, 1), array.get(1, 0), array.get(1, 1)]).toEqual([1, 256, -1, 2]);
  });

  test('bytes that begin in the middle of a buffer', () => {
    const bytes = new Uint8Array(20);
    bytes.set(writeIdx(0x0d, [1], [1.5]), 7);
    expect(readIdx(bytes.subarray(7, 19), { name }).get(0)).toBe(1.5);
  });

  test('a single number without dimensions', () => {
    expect(read([0, 0, 8, 0, 42]).get()).toBe(42);
  });

  test('as many dimensions as the format allows', () => {
    const array = readIdx(writeIdx(8, new Array<number>(255).fill(1), [7]), { name });
    expect(array.dimension).toBe(255);
    expect(array.get(...new Array<number>(255).fill(0))).toBe(7);
  });

  test('no elements, however large the other dimensions are', () => {
    const shape = [...new Array<number>(254).fill(2 ** 32 - 1), 0];
    expect(readIdx(writeIdx(8, shape, []), { name }).data).toHaveLength(0);
  });
});

describe('readIdx refuses', () => {
  test('every file that is cut short or goes on', () => {
    fc.assert(
      fc.property(file, fc.nat(), fc.integer({ min: 1, max: 9 }), ({ type, shape, elements }, cut, more) => {
        const bytes = writeIdx(type, shape, elements);
        expect(() => read(bytes.subarray(0, cut % bytes.length))).toThrow(IdxError);
        expect(() => read([...bytes, ...new Uint8Array(more)])).toThrow(IdxError);
      }),
    );
  });

  test('whatever is not IDX with a typed error and no other', () => {
    const nearly = fc.tuple(fc.constantFrom(8, 9, 11, 12, 13, 14, 10), fc.nat(255), fc.uint8Array({ maxLength: 64 }));
    const bytes = fc.oneof(
      fc.uint8Array(),
      nearly.map(([type, dimensions, rest]) => Uint8Array.of(0, 0, type, dimensions, ...rest)),
    );
    fc.assert(
      fc.property(bytes, (some) => {
        try {
          read(some);
        } catch (error) {
          expect(error).toBeInstanceOf(TapegradError);
        }
      }),
    );
  });

  const messageOf = (bytes: ArrayLike<number>): string => {
    try {
      read(bytes);
    } catch (error) {
      expect(error).toMatchObject({ name: 'IdxError', code: 'IDX', operation: name });
      return (error as Error).message;
    }
    return 'no error';
  };

  test('an empty file', () => {
    expect(messageOf([])).toMatchInlineSnapshot(
      `"some-idx3-ubyte: the file has 0 bytes; wanted an IDX header of at least 4 bytes. Fetch the file again, or write it anew."`,
    );
  });

  test.each([
    ['gzip', [0x1f, 0x8b, 8, 0]],
    ['zip', [0x50, 0x4b, 3, 4]],
    ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
    ['a web page?', [...'<html>'].map((letter) => letter.charCodeAt(0))],
  ])('%s, and says so', (format, bytes) => {
    expect(messageOf(bytes)).toContain(`(${format})`);
  });

  test('another format', () => {
    expect(messageOf([1, 2, 3, 4])).toMatchInlineSnapshot(
      `"some-idx3-ubyte: the file begins with the bytes 01 02; wanted two zero bytes, as in every IDX file. Check that this is the file you meant, and that it is unpacked."`,
    );
  });

  test('an unknown element type', () => {
    expect(messageOf([0, 0, 0x0a, 1])).toMatchInlineSnapshot(
      `"some-idx3-ubyte: the element type is 0x0a; wanted one of 0x08 (unsigned byte), 0x09 (signed byte), 0x0b (short), 0x0c (int), 0x0d (float), 0x0e (double). Check that this is an IDX file."`,
    );
  });

  test('a header that is cut short', () => {
    expect(messageOf([0, 0, 8, 3, 0, 0])).toMatchInlineSnapshot(
      `"some-idx3-ubyte: the file ends inside its header, after 6 bytes; wanted a header of 16 bytes for 3 dimensions. Fetch the file again, or write it anew."`,
    );
  });

  test('elements that are cut short', () => {
    expect(messageOf(writeIdx(8, [2, 28, 28], [1, 2, 3]))).toMatchInlineSnapshot(
      `"some-idx3-ubyte: the file is cut short: 19 bytes; wanted 1584 bytes for unsigned byte elements of shape [2, 28, 28]. Fetch the file again, or write it anew."`,
    );
  });

  test('bytes after the last element', () => {
    expect(messageOf([...writeIdx(0x0c, [2], [1, 2]), 0])).toMatchInlineSnapshot(
      `"some-idx3-ubyte: the file goes on after its last element: 17 bytes; wanted 16 bytes for int elements of shape [2]. Fetch the file again, or write it anew."`,
    );
  });

  test('dimensions whose product no file can hold', () => {
    expect(messageOf(writeIdx(8, [2 ** 32 - 1, 2 ** 32 - 1, 2], []))).toMatchInlineSnapshot(
      `"some-idx3-ubyte: the file is cut short: 16 bytes; wanted more than 2^53 bytes for unsigned byte elements of shape [4294967295, 4294967295, 2]. Fetch the file again, or write it anew."`,
    );
  });
});
