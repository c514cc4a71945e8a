import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { tensors } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { uniform } from '../../../test/numbers.ts';
import { zeros } from '../../tensor/create.ts';
import { multiply } from '../elementwise/multiply.ts';
import { concat } from './concat.ts';
import { split } from './split.ts';

const lists = (...of: Parameters<typeof split>): unknown[] => split(...of).map((part) => part.toList());

test('cuts into parts of one size, or of those listed', () => {
  expect(lists([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(lists([1, 2, 3, 4, 5], [1, 0, 4])).toEqual([[1], [], [2, 3, 4, 5]]);
  expect(
    lists(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [1, 2],
      { axis: -1 },
    ),
  ).toEqual([
    [[1], [4]],
    [
      [2, 3],
      [5, 6],
    ],
  ]);
  expect(lists([], 3)).toEqual([]);
  expect(lists([1, 2], 5)).toEqual([[1, 2]]);
});

test('is undone by concat', () => {
  fc.assert(
    fc.property(
      tensors().filter(({ rank, size }) => rank > 0 && size > 0),
      fc.integer({ min: 1, max: 3 }),
      (x, size) => expectSame(concat(split(x, size)), x),
    ),
  );
});

test('hands each part its cotangents', () => {
  const lastTimesFirst = (x: Parameters<typeof split>[0]) => {
    const [first, last] = split(x, 2);
    return multiply(first, last);
  };
  expect(gradientsOf(lastTimesFirst, [[1, 2, 3, 4]])).toEqual([[3, 4, 1, 2]]);
  checkDerivatives(lastTimesFirst, [uniform([4, 3])]);
});

test('says what does not fit', () => {
  const messages = messagesOf({
    'too few': () => split(zeros([2, 5]), [2, 2], { axis: 1 }),
    negative: () => split([1, 2], [3, -1]),
    'no size': () => split([1, 2], 0),
    ended: () => split(ended(), 1),
  });
  expect(messages['too few']).toBe(
    'ShapeError: split: x is [2, 5], sizes are [2,2] along axis 1; wanted a whole number of at least 1, or whole numbers that sum to 5. Give one number for parts of one size, or the length of each part.',
  );
  expect(messages.negative).toContain('sizes are [3,-1]');
  expect(messages['no size']).toContain('sizes are 0 along axis 0');
  expect(messages.ended).toMatch(/^TapeError: split: /);
});
