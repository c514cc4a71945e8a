import { expect, test } from 'vitest';
import { take } from './dataset.ts';
import { drawDigits } from './digits.ts';

const dataset = drawDigits({ count: 5 });

test('take gives the first samples, on the same memory', () => {
  const two = take(dataset, 2);
  expect(two.images.shape).toEqual([2, 1, 28, 28]);
  expect(two.labels.shape).toEqual([2]);
  expect(two.images.data).toBe(dataset.images.data);
  expect(two.labels.get(1)).toBe(dataset.labels.get(1));
  expect(two.name).toBe(dataset.name);
});

test('take can give nothing and everything', () => {
  expect(take(dataset, 0).labels.shape).toEqual([0]);
  expect(take(dataset, 5).labels.shape).toEqual([5]);
});

test.each([-1, 6, 1.5, Number.NaN])('take refuses %s', (count) => {
  expect(() => take(dataset, count)).toThrow(`take: count is ${count}; wanted a whole number from 0 to the 5 samples`);
});

test('the refusal in full', () => {
  expect(() => take(dataset, 6)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: take: count is 6; wanted a whole number from 0 to the 5 samples of drawn digits. Ask for fewer samples.]`,
  );
});
