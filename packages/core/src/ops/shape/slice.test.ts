import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { type Range, slice } from './slice.ts';

const line = [0, 1, 2, 3, 4, 5];
const index = fc.integer({ min: -8, max: 8 });
const range: fc.Arbitrary<Range> = fc.oneof(
  fc.constant(null),
  fc.tuple(index),
  fc.tuple(index, fc.option(index)),
  fc.tuple(index, fc.option(index), fc.integer({ min: 1, max: 3 })),
);

/** A range of a list, by the rules of Python, as plainly as can be said. */
function take<Item>(list: readonly Item[], range: Range | undefined): Item[] {
  const [start, stop, step = 1] = range ?? [0];
  return list.slice(start, stop ?? undefined).filter((_, position) => position % step === 0);
}

describe('slice', () => {
  it('takes from start up to, not including, stop', () => {
    expect(slice(line, [[1, 4]]).toList()).toEqual([1, 2, 3]);
    expect(slice(line, [[4]]).toList()).toEqual([4, 5]);
    expect(slice(line, [[1, null, 2]]).toList()).toEqual([1, 3, 5]);
    expect(
      slice(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [null, [1, 2]],
      ).toList(),
    ).toEqual([[2], [5]]);
    expect(
      slice(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [[1]],
      ).toList(),
    ).toEqual([[4, 5, 6]]);
    expect(slice(7, []).toList()).toBe(7);
  });

  it('counts negative numbers from the end, and cuts off what lies outside', () => {
    expect(slice(line, [[-2]]).toList()).toEqual([4, 5]);
    expect(slice(line, [[-9, -4]]).toList()).toEqual([0, 1]);
    expect(slice(line, [[4, 99]]).toList()).toEqual([4, 5]);
    expect(slice(line, [[4, 2]]).shape).toEqual([0]);
    expect(slice(line, [[99]]).shape).toEqual([0]);
    expect(slice(zeros([0, 3]), [[1], [1]]).shape).toEqual([0, 2]);
  });

  it('takes what a list would give', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 6 }), range, (list, range) => {
        expectSame(slice(double(list), [range]), double(take(list, range)));
      }),
    );
  });

  it('takes axis by axis', () => {
    fc.assert(
      fc.property(tensors(fc.double(), 3), fc.tuple(range, range, range), (x, ranges) => {
        const all = ranges.slice(0, x.rank);
        const oneByOne = all.reduce((y, range, axis) => slice(y, [...all.slice(0, axis).map(() => null), range]), x);
        expectSame(slice(x, all), oneByOne);
      }),
    );
  });

  it('copies nothing, and reads views', () => {
    const x = tensor(uniform([4, 3, 5]));
    expect(slice(x, [[1]]).view.data).toBe(x.view.data);
    const ranges: Range[] = [[1, null, 2], null, [-3, -1]];
    expectSame(slice(scattered(x), ranges), slice(x, ranges));
  });

  it('puts the cotangent back where it came from, among zeros', () => {
    checkDerivatives(
      (x) =>
        slice(multiply(x, x), [
          [1, 3],
          [0, null, 2],
        ]),
      [uniform([4, 3])],
    );
    checkDerivatives((x) => multiply(slice(x, [[0, 2]]), slice(x, [[-2]])), [uniform([3])]);
    expect(gradientsOf((x) => slice(x, [[1, null, 2]]), [line], [1, 2, 3])).toEqual([[0, 1, 0, 2, 0, 3]]);
    expect(gradientsOf((x) => slice(x, [[3, 3]]), [line])).toEqual([[0, 0, 0, 0, 0, 0]]);
  });

  it('says what does not fit', () => {
    expect(() => slice([1, 2], [null, [1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: slice: 2 ranges for x of shape [2]; wanted at most 1, one for each axis. Drop the ranges that have no axis.]`,
    );
    expect(() => slice([1, 2], [[0, 2, -1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: slice: the range [0, 2, -1] for axis 0; wanted whole numbers, and a step of at least 1. Give [start, stop, step], or null for the whole axis.]`,
    );
    expect(() => slice([1, 2], [[0.5]])).toThrow('slice: the range [0.5, null, 1] for axis 0; wanted whole numbers');
    expect(() => slice([1, 2], [[0, 2, 0]])).toThrow('the range [0, 2, 0] for axis 0');
    expect(() => slice(ended(), [])).toThrow('slice: a tensor of shape [2] whose tape has ended');
  });
});
