import { expect, test } from 'vitest';
import { add, argMax, conv2d, matmul, profileOperations, reshape, shapeOf, tensor } from '../index.ts';

test('is that of the output, and nothing is computed for it', () => {
  const measured = profileOperations();
  const shape = shapeOf((x, weight) => conv2d(x, weight, { stride: 2 }), [2, 3, 9, 9], [4, 3, 3, 3]);
  expect(shape).toEqual([2, 4, 4, 4]);
  expect(shapeOf((x) => add(reshape(x, [-1]), tensor([1])), [2, 3])).toEqual([6]);
  expect(measured().operations).toEqual([]);
});

test('ops that ask for numbers find zeros', () => {
  expect(shapeOf((x) => tensor(argMax(x)), [2, 3])).toEqual([2]);
  expect(shapeOf((x) => reshape(x, [x.read().filter((number) => number === 0).length]), [2, 3])).toEqual([6]);
});

test('shapes that do not fit are the error of the op', () => {
  expect(() => shapeOf(matmul, [2, 3], [2, 3])).toThrow('matmul: x is [2, 3], y is [2, 3]');
});
