import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { tensorsOf } from '../../../test/arbitrary.ts';
import { expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, scattered, uniform } from '../../../test/numbers.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { maxAlong, minAlong } from '../reductions/extremesAlong.ts';
import { topK } from './topK.ts';

const { NaN: nan } = Number;

test.each(dataTypes)('largest first, of equals the first, NaN above all, in %s', (dtype) => {
  const x = tensor(
    [
      [1, 5, 3, 5],
      [-Infinity, nan, 2, Infinity],
    ],
    { dtype },
  );
  const { values, indices } = topK(x, { k: 3 });
  expect(values.toList()).toEqual([
    [5, 5, 3],
    [nan, Infinity, 2],
  ]);
  expect([...indices.data]).toEqual([1, 3, 2, 1, 3, 2]);
  const least = topK(x, { k: 2, smallest: true });
  expect(least.values.toList()).toEqual([
    [1, 3],
    [-Infinity, 2],
  ]);
  expect([...least.indices.data]).toEqual([0, 2, 0, 2]);
  expect(topK(x, { k: 1, axis: 0 }).values.toList()).toEqual([[1, nan, 3, Infinity]]);
  expect(topK(x, { k: 0 }).values.shape).toEqual([2, 0]);
});

test('of one is the largest and the smallest', () => {
  fc.assert(
    fc.property(tensorsOf([3, 4], fc.integer({ min: -3, max: 3 })), fc.constantFrom(0, 1), (x, axis) => {
      const [top, bottom] = [topK(x, { k: 1, axis }), topK(x, { k: 1, axis, smallest: true })];
      const [largest, smallest] = [maxAlong, minAlong].map((along) => along(x, { axis, keepDims: true }));
      expectSame(top.values, largest.values);
      expect(top.indices.data).toEqual(largest.indices.data);
      expectSame(bottom.values, smallest.values);
      expectSame(topK(scattered(x), { k: 1, axis }).values, top.values);
    }),
  );
});

test('hands the cotangents to those that were chosen', () => {
  expect(gradientsOf((x) => topK(x, { k: 2 }).values, [[1, 3, 2]], [10, 20])).toEqual([[0, 10, 20]]);
  checkDerivatives((x) => topK(x, { k: 2, axis: 1 }).values, [uniform([2, 4, 3])]);
});

test('says what does not fit', () => {
  const messages = messagesOf({
    'too many': () => topK(zeros([2, 3]), { k: 4 }),
    'a half': () => topK([1, 2], { k: 0.5 }),
    ended: () => topK(ended(), { k: 1 }),
  });
  expect(messages['too many']).toBe(
    'ValueError: topK: k is 4, and x is [2, 3] along axis 1; wanted a whole number from 0 to 3. Choose no more than there are.',
  );
  expect(messages['a half']).toContain('k is 0.5');
  expect(messages.ended).toMatch(/^TapeError: topK: /);
});
