import { describe, expect, it } from 'vitest';
import { gradientsOf } from '../../../test/gradients.ts';
import { double } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { equal, greater, greaterOrEqual } from './compare.ts';
import { multiply } from './multiply.ts';

const x = [1, 2, 3, -0, Infinity, Number.NaN];
const y = [2, 2, 2, 0, Infinity, Number.NaN];

describe('equal', () => {
  it('is 1 for yes and 0 for no; NaN equals nothing', () => {
    expect(equal(x, y).toList()).toEqual([0, 1, 0, 1, 1, 0]);
    expect(equal([[1], [2]], [1, 2]).toList()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(equal([], 1).shape).toEqual([0]);
    expect(equal(double(1), 1).dtype).toBe('float64');
  });

  it('compares a number as it is in the type of the tensor', () => {
    expect(equal(tensor(0.1), 0.1).item()).toBe(1);
  });

  it('says what does not fit', () => {
    expect(() => equal([1, 2], [1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: equal: x is [2], y is [3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.]`,
    );
    expect(() => equal(tensor([1]), double([1]))).toThrowErrorMatchingInlineSnapshot(
      `[DataTypeError: equal: x is float32, y is float64; wanted operands of one type. Convert one of them, for example \`cast(y, 'float32')\`.]`,
    );
  });
});

describe('greater', () => {
  it('is 1 for yes and 0 for no; NaN is not greater than anything', () => {
    expect(greater(x, y).toList()).toEqual([0, 0, 1, 0, 0, 0]);
    expect(greater(1, 0).toList()).toBe(1);
  });

  it('says what does not fit', () => {
    expect(() => greater([1, 2], [1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: greater: x is [2], y is [3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.]`,
    );
  });
});

describe('greaterOrEqual', () => {
  it('is 1 for yes and 0 for no; NaN is not equal either', () => {
    expect(greaterOrEqual(x, y).toList()).toEqual([0, 1, 1, 1, 1, 0]);
    expect(greaterOrEqual(1, 1).toList()).toBe(1);
  });

  it('says what does not fit', () => {
    expect(() => greaterOrEqual([1, 2], [1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: greaterOrEqual: x is [2], y is [3]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.]`,
    );
  });
});

describe.each([equal, greater, greaterOrEqual])('the gradient of %o', (compare) => {
  it('is not there: a comparison is a constant to what follows', () => {
    const f = (x: ReturnType<typeof compare>) => multiply(x, compare(x, [0, 5]));
    expect(gradientsOf(f, [[1, 2]])).toEqual([compare([1, 2], [0, 5]).toList()]);
  });

  it('cannot be asked for', () => {
    expect(() => gradientsOf((x) => compare(x, 1), [[1]])).toThrow(
      'to which none of the tensors in withRespectTo leads',
    );
  });
});
