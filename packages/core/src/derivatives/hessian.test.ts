import { expect, test } from 'vitest';
import { expectClose } from '../../test/expect.ts';
import { messagesOf } from '../../test/messages.ts';
import { dataTypes, double, uniform } from '../../test/numbers.ts';
import { hessian, logSumExp, matmul, multiply, reshape, softmax, square, subtract, sum, tensor } from '../index.ts';

test.each(dataTypes)('of Σx³ is 6x on the diagonal, in %s', (dtype) => {
  const matrix = hessian((x) => sum(multiply(x, square(x))), tensor([1, 2], { dtype }));
  expect(matrix.dtype).toBe(dtype);
  expect(matrix.toList()).toEqual([
    [6, 0],
    [0, 12],
  ]);
});

test('of xᵀAx is A + Aᵀ', () => {
  const a = tensor(uniform([3, 3]));
  const form = (x: typeof a) => sum(multiply(x, matmul(a, x)));
  const wanted = Array.from({ length: 9 }, (_, at) => {
    const [i, k] = [Math.floor(at / 3), at % 3];
    return a.view.get(i, k) + a.view.get(k, i);
  });
  expectClose(
    hessian(form, tensor(uniform([3], { seed: 2 }))),
    tensor(Float64Array.from(wanted), { shape: [3, 3] }),
    1e-14,
  );
});

test('of ln Σ e^x is the Jacobian of softmax', () => {
  const x = double([3, 1, -3]);
  const p = softmax(x);
  const diagonal = multiply(
    double([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]),
    p,
  );
  expectClose(
    hessian((x) => logSumExp(x), x),
    subtract(diagonal, multiply(reshape(p, [3, 1]), p)),
    1e-15,
  );
});

test('of a matrix has its axes twice', () => {
  expect(hessian((x) => sum(square(x)), [[1, 2, 3]]).toList()).toEqual(
    [[[[[2, 0, 0]], [[0, 2, 0]], [[0, 0, 2]]]]].flat(),
  );
});

test('is 0 where f is straight, or does not depend on x', () => {
  expect(hessian((x) => sum(multiply(3, x)), [1, 2]).toList()).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(hessian(() => tensor(1), [1]).toList()).toEqual([[0]]);
});

test('refuses more than one number', () => {
  expect(messagesOf({ many: () => hessian(square, [1, 2]) }).many).toBe(
    'ShapeError: hessian: a function that gives [2]; wanted one number. Reduce it with `sum` or `mean`; of many numbers `jacobian` is the first derivative.',
  );
});
