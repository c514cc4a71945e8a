import { expect, test } from 'vitest';
import { drawDigits } from '../digits/digits.ts';
import { firstSamples } from './firstSamples.ts';

const dataset = drawDigits({ count: 5 });

test('firstSamples gives the first samples, on the same memory', () => {
  const two = firstSamples(dataset, 2);
  expect(two.images.shape).toEqual([2, 1, 28, 28]);
  expect(two.labels.shape).toEqual([2]);
  expect(two.images.data).toBe(dataset.images.data);
  expect(two.labels.get(1)).toBe(dataset.labels.get(1));
  expect(two.name).toBe(dataset.name);
});

test('firstSamples can give nothing and everything', () => {
  expect(firstSamples(dataset, 0).labels.shape).toEqual([0]);
  expect(firstSamples(dataset, 5).labels.shape).toEqual([5]);
});

test.each([-1, 6, 1.5, Number.NaN])('firstSamples refuses %s', (count) => {
  expect(() => firstSamples(dataset, count)).toThrow(
    `firstSamples: count is ${count}; wanted a whole number from 0 to the 5 samples`,
  );
});

test('the refusal in full', () => {
  expect(() => firstSamples(dataset, 6)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: firstSamples: count is 6; wanted a whole number from 0 to the 5 samples of drawn digits. Ask for fewer samples.]`,
  );
});
