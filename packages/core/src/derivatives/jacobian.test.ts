import { expect, test } from 'vitest';
import { expectClose, expectSame } from '../../test/expect.ts';
import { ended } from '../../test/gradients.ts';
import { messagesOf } from '../../test/messages.ts';
import { dataTypes, double, uniform } from '../../test/numbers.ts';
import {
  jacobian,
  matmul,
  multiply,
  Parameter,
  reshape,
  softmax,
  square,
  subtract,
  sum,
  tensor,
  zeros,
} from '../index.ts';

test.each(dataTypes)('of an elementwise function is a diagonal of slopes, in %s', (dtype) => {
  const matrix = jacobian(square, tensor([1, 2, 3], { dtype }));
  expect(matrix.dtype).toBe(dtype);
  expect(matrix.toList()).toEqual([
    [2, 0, 0],
    [0, 4, 0],
    [0, 0, 6],
  ]);
});

test('of a product with a matrix is the matrix', () => {
  const weight = tensor(uniform([3, 4]));
  expectSame(
    jacobian((x) => matmul(weight, x), tensor(uniform([4]))),
    weight,
  );
});

test('of softmax is diag(p) - ppᵀ', () => {
  const logits = double([3, 1, -3]);
  const p = softmax(logits);
  const diagonal = multiply(
    double([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]),
    p,
  );
  expectClose(
    jacobian((x) => softmax(x), logits),
    subtract(diagonal, multiply(reshape(p, [3, 1]), p)),
    1e-15,
  );
});

test('has the shape of what comes out, then of what goes in', () => {
  expect(jacobian((x) => sum(x, { axes: 0 }), zeros([2, 3])).shape).toEqual([3, 2, 3]);
  expect(jacobian((x) => sum(x), [1, 2]).toList()).toEqual([1, 1]);
  expect(jacobian(square, 3).toList()).toBe(6);
  expect(jacobian(square, []).shape).toEqual([0, 0]);
});

test('is 0 where nothing depends on x', () => {
  expect(jacobian(() => tensor([1, 2]), [3]).toList()).toEqual([[0], [0]]);
  const weight = new Parameter('weight', tensor([5]));
  expect(jacobian((x) => multiply(weight, x), [3]).toList()).toEqual([[5]]);
  expect(jacobian(() => square(weight), [3]).toList()).toEqual([[0]]);
});

test('leaves infinities and NaN in', () => {
  expect(jacobian((x) => multiply(x, Infinity), [1]).toList()).toEqual([[Infinity]]);
});

test('refuses a tensor whose tape has ended', () => {
  expect(messagesOf({ ended: () => jacobian(square, ended()) }).ended).toMatch(/^TapeError: /);
});
