import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../test/messages.ts';
import {
  add,
  full,
  isNdArray,
  type Numbers,
  type NumericArray,
  OutOfMemoryError,
  ones,
  type TensorOptions,
  tensor,
  zeros,
} from '../index.ts';

describe('from lists', () => {
  test.each<[Numbers, number[]]>([
    [3, []],
    [[1, 2, 3], [3]],
    [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [3, 2],
    ],
    [[], [0]],
    [
      [[], []],
      [2, 0],
    ],
    [
      [[[]], [[]]],
      [2, 1, 0],
    ],
  ])('%j has shape %j', (numbers, shape) => {
    expect(tensor(numbers).shape).toEqual(shape);
    expect(tensor(numbers).toList()).toEqual(numbers);
    expect(tensor(numbers).dtype).toBe('float32');
  });

  test('in float64 on demand', () => {
    expect(tensor(0.1).item()).toBe(Math.fround(0.1));
    expect(tensor(0.1, { dtype: 'float64' }).item()).toBe(0.1);
  });

  test('NaN, infinities and -0 are numbers', () => {
    expect(tensor([Number.NaN, Infinity, -Infinity, -0]).toList()).toEqual([Number.NaN, Infinity, -Infinity, -0]);
  });
});

describe('from typed arrays', () => {
  const arrays: NumericArray[] = [
    Int8Array.of(-1, 2),
    Int16Array.of(-1, 2),
    Int32Array.of(-1, 2),
    Uint8Array.of(255, 2),
    Uint8ClampedArray.of(255, 2),
    Uint16Array.of(65535, 2),
    Uint32Array.of(2 ** 31, 2),
    Float32Array.of(-1.5, 2),
    Float64Array.of(-1.5, 2),
  ];

  test.each(arrays)('%o', (numbers) => {
    const x = tensor(numbers);
    expect(x.toList()).toEqual([...numbers]);
    expect(x.dtype).toBe(numbers instanceof Float64Array ? 'float64' : 'float32');
    expect(tensor(numbers, { dtype: 'float64' }).dtype).toBe('float64');
    expect(tensor(ndarray(numbers, [2])).toList()).toEqual([...numbers]);
  });

  test('by a shape, row by row', () => {
    expect(tensor(Float32Array.of(1, 2, 3, 4, 5, 6), { shape: [3, 2] }).toList()).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(
      tensor(
        [
          [1, 2],
          [3, 4],
        ],
        { shape: [4] },
      ).toList(),
    ).toEqual([1, 2, 3, 4]);
    expect(tensor([7], { shape: [] }).toList()).toBe(7);
    expect(tensor([], { shape: [2, 0, 3] }).toList()).toEqual([[], []]);
  });
});

describe('from ndarrays', () => {
  const rows = ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]);

  test('of any stride', () => {
    expect(tensor(rows).toList()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(tensor(rows.transpose(1, 0)).toList()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(tensor(rows.step(-1, -2)).toList()).toEqual([
      [6, 4],
      [3, 1],
    ]);
    expect(tensor(rows.lo(1, 1)).toList()).toEqual([[5, 6]]);
    expect(tensor(rows.pick(1, null)).toList()).toEqual([4, 5, 6]);
    expect(tensor(ndarray(Float32Array.of(9), [2, 2], [0, 0], 0)).toList()).toEqual([
      [9, 9],
      [9, 9],
    ]);
  });

  test('of no axis, no number, or numbers in a plain list', () => {
    expect(tensor(rows.pick(1, 2)).item()).toBe(6);
    expect(tensor(ndarray(new Float32Array(0), [0, 3])).shape).toEqual([0, 3]);
    expect(tensor(ndarray([1, 2, 3, 4], [2, 2])).toList()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('in the type of their data, unless told otherwise', () => {
    expect(tensor(rows).dtype).toBe('float64');
    expect(tensor(ndarray(new Uint8Array(2))).dtype).toBe('float32');
    expect(tensor(rows, { dtype: 'float32' }).dtype).toBe('float32');
  });

  test('by a shape, in the order in which they read', () => {
    expect(tensor(rows.transpose(1, 0), { shape: [6] }).toList()).toEqual([1, 4, 2, 5, 3, 6]);
  });
});

test('a tensor is a copy: changing the source changes nothing', () => {
  const list = [1, 2];
  const flat = Float32Array.of(1, 2);
  const array = ndarray(Float64Array.of(1, 2));
  const tensors = [tensor(list), tensor(flat), tensor(array)];
  list[0] = flat[0] = array.data[0] = 9;
  for (const x of tensors) expect(x.toList()).toEqual([1, 2]);
});

test('full, zeros and ones', () => {
  expect(full([2, 1], 7).toString()).toBe('float32 [2, 1] [[7],[7]]');
  expect(zeros([2], { dtype: 'float64' }).toString()).toBe('float64 [2] [0,0]');
  expect(ones([]).toString()).toBe('float32 [] 1');
});

test('numbers that no array can hold are an error in words, and no RangeError', () => {
  expect(() => zeros([1e9, 1e9])).toThrow(OutOfMemoryError);
  expect(() => add(zeros([100_000, 1]), zeros([1, 2_000_000]))).toThrow(
    'memory: a request for 200000000000 numbers; wanted as many as an array can hold. Check the shape, or use smaller batches.',
  );
  // Infinity times 0 would be NaN numbers.
  expect(() => zeros([...new Array<number>(30).fill(2 ** 40), 0])).toThrow('the shape');
});

test('isNdArray knows an ndarray of any copy of the package', () => {
  expect(isNdArray(ndarray([1]))).toBe(true);
  expect([[1], new Float32Array(1), tensor(1), null, 1].some(isNdArray)).toBe(false);
});

test('every message', () => {
  const make = (numbers: unknown, options?: TensorOptions) => tensor(numbers as Numbers, options);
  expect(
    messagesOf({
      'a short row': () => make([[1, 2], [3]]),
      'a number among rows': () => make([[1, 2], 3]),
      'a row among numbers': () => make([1, [2]]),
      'numbers after an empty row': () => make([[], [1]]),
      'rows after an empty row': () => make([[], [[]]]),
      'a string': () => make(['1']),
      'no value': () => make([1, undefined]),
      null: () => make(null),
      'an object': () => make([{}]),
      'a bigint': () => make([1n]),
      bigints: () => make(new BigInt64Array(2)),
      'an ndarray of bigints': () => make(ndarray(new BigUint64Array(2))),
      'too few numbers': () => make([1, 2, 3], { shape: [2, 2] }),
      'a negative length': () => make([1, 2], { shape: [-1] }),
      'a fractional length': () => full([1.5], 0),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a bigint": "DataTypeError: tensor: 1, a bigint in a list; wanted numbers. Convert to numbers first; a missing value can be NaN.",
      "a fractional length": "ShapeError: full: the shape [1.5]; wanted whole numbers of at least 0. Check how the lengths were computed.",
      "a negative length": "ShapeError: tensor: the shape [-1]; wanted whole numbers of at least 0. Check how the lengths were computed.",
      "a number among rows": "ShapeError: tensor: ragged lists: a number at depth 1 where the first entry has a list of 2; wanted lists of equal length at each depth. Pad the short lists, or check for a missing number.",
      "a row among numbers": "ShapeError: tensor: ragged lists: a list of 1 at depth 1 where the first entry has a number; wanted lists of equal length at each depth. Pad the short lists, or check for a missing number.",
      "a short row": "ShapeError: tensor: ragged lists: a list of 1 at depth 1 where the first entry has a list of 2; wanted lists of equal length at each depth. Pad the short lists, or check for a missing number.",
      "a string": "DataTypeError: tensor: the text '1' in a list; wanted numbers. Convert to numbers first; a missing value can be NaN.",
      "an ndarray of bigints": "DataTypeError: tensor: a BigUint64Array; wanted numbers. Convert to numbers first; a missing value can be NaN.",
      "an object": "DataTypeError: tensor: an object in a list; wanted numbers. Convert to numbers first; a missing value can be NaN.",
      "bigints": "DataTypeError: tensor: a BigInt64Array; wanted numbers. Convert to numbers first; a missing value can be NaN.",
      "no value": "DataTypeError: tensor: undefined in a list; wanted numbers. Convert to numbers first; a missing value can be NaN.",
      "null": "DataTypeError: tensor: null; wanted numbers. Convert to numbers first; a missing value can be NaN.",
      "numbers after an empty row": "ShapeError: tensor: ragged lists: a list of 1 at depth 1 where the first entry has a list of 0; wanted lists of equal length at each depth. Pad the short lists, or check for a missing number.",
      "rows after an empty row": "ShapeError: tensor: ragged lists: a list of 1 at depth 1 where the first entry has a list of 0; wanted lists of equal length at each depth. Pad the short lists, or check for a missing number.",
      "too few numbers": "ShapeError: tensor: 3 numbers for the shape [2, 2]; wanted 4 numbers. Give as many numbers as the shape has elements, or another shape.",
    }
  `);
});
