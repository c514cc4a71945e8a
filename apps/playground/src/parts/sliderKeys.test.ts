import { expect, test } from 'vitest';
import { movedByKey, tidy } from './sliderKeys.ts';

const range = { from: -1, to: 1, step: 0.1 };

test.each([
  ['ArrowRight', 0.2, 0.3],
  ['ArrowUp', 0.2, 0.3],
  ['ArrowLeft', 0.3, 0.2],
  ['ArrowDown', -0.95, -1],
  ['PageUp', -0.5, 0.5],
  ['PageDown', 0.5, -0.5],
  ['Home', 0.3, -1],
  ['End', 0.3, 1],
])('%s moves %d to %d', (key, from, to) => {
  expect(movedByKey(key, from, range)).toBe(to);
});

test('other keys move nothing', () => {
  expect(movedByKey('Tab', 0, range)).toBeUndefined();
});

test('noise of the last digits goes', () => {
  expect(tidy(0.1 + 0.2)).toBe(0.3);
  expect(tidy(-1e-7)).toBe(-1e-7);
});
