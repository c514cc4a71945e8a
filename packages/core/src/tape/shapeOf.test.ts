import { expect, test } from 'vitest';
import { conv2d, reshape, ShapeError, shapeOf } from '../index.ts';

test('gives the shape of what ops make of inputs of these shapes', () => {
  const shape = shapeOf((x, weight) => conv2d(x, weight, { stride: 2 }), [1, 3, 28, 28], [8, 3, 5, 5]);
  expect(shape).toEqual([1, 8, 12, 12]);
  expect(shapeOf((x) => reshape(x, [6]), [2, 3])).toEqual([6]);
});

test('throws what the ops throw', () => {
  expect(() => shapeOf((x) => reshape(x, [7]), [2, 3])).toThrow(ShapeError);
});
