import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { moderate, tensorsOf } from '../../test/arbitrary.ts';
import { expectClose } from '../../test/expect.ts';
import { messagesOf } from '../../test/messages.ts';
import { dataTypes, double } from '../../test/numbers.ts';
import { exp, hessian, hessianVectorProduct, matmul, multiply, square, sum, type Tensor, tensor } from '../index.ts';

const bent = (x: Tensor): Tensor => sum(multiply(exp(multiply(0.1, x)), square(sum(x))));

test.each(dataTypes)('of Σx³ is 6x·v, in %s', (dtype) => {
  const cubes = (x: Tensor): Tensor => sum(multiply(x, square(x)));
  const product = hessianVectorProduct(cubes, tensor([1, 2], { dtype }), tensor([10, -1], { dtype }));
  expect(product.dtype).toBe(dtype);
  expect(product.toList()).toEqual([60, -12]);
});

test('is the Hessian times v', () => {
  fc.assert(
    fc.property(tensorsOf([3], moderate), tensorsOf([3], moderate), (x, v) => {
      expectClose(hessianVectorProduct(bent, x, v), matmul(hessian(bent, x), v), 1e-11);
    }),
  );
});

test('is 0 where f is straight, or does not depend on x', () => {
  expect(hessianVectorProduct((x) => sum(x), [1, 2], [3, 4]).toList()).toEqual([0, 0]);
  expect(hessianVectorProduct(() => tensor(1), [1], [1]).toList()).toEqual([0]);
});

test('refuses what does not fit', () => {
  const messages = messagesOf({
    shape: () => hessianVectorProduct(bent, [1, 2], [[1, 2]]),
    type: () => hessianVectorProduct(bent, double([1]), tensor([1])),
    many: () => hessianVectorProduct(square, [1, 2], [1, 2]),
  });
  expect(messages.shape).toBe(
    'ShapeError: hessianVectorProduct: x is [2], v is [1, 2]; wanted one shape for both. Give the direction in which x moves, one number for each of its numbers.',
  );
  expect(messages.type).toMatch(/^DataTypeError: hessianVectorProduct: /);
  expect(messages.many).toMatch(/^ShapeError: hessianVectorProduct: a function that gives \[2\]/);
});
