import { expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, ended } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, uniform } from '../../../test/numbers.ts';
import { divide, mean, multiply, ones, standardise, subtract, type Tensor, tensor, zeros } from '../../index.ts';
import { type Groups, standardiseGradient } from './standardiseGradient.ts';

/** Three groups of 2·4 numbers, over the first and the last axis. */
const [shape, over, groups] = [[2, 3, 4], { axes: [0, 2], keepDims: true }, [2, 3, 4] as Groups];
const gradient = (g: Tensor, y: Tensor, deviation: Tensor): Tensor =>
  standardiseGradient(g, y, deviation, over, groups);
const deviations = uniform([1, 3, 1], { low: 1, high: 2, seed: 3 });

test.each(dataTypes)('is (g - mean(g) - y·mean(g·y)) / deviation, in %s', (dtype) => {
  const [g, y, deviation] = [uniform(shape, { seed: 1 }), uniform(shape, { seed: 2 }), deviations].map((x) =>
    tensor(x, { dtype }),
  );
  const along = multiply(y, mean(multiply(g, y), over));
  const wanted = divide(subtract(subtract(g, mean(g, over)), along), deviation);
  expectClose(gradient(g, y, deviation), wanted, dtype === 'float64' ? 1e-14 : 1e-6);
});

test('is differentiated by the cotangent, by the standardised numbers and by the deviation', () => {
  checkDerivatives(gradient, [uniform(shape, { seed: 1 }), uniform(shape, { seed: 2 }), deviations]);
});

test('is 0 for a cotangent that is the same everywhere, and for standardised numbers themselves', () => {
  const y = standardise(uniform(shape), { axes: over.axes, epsilon: 0 }).output;
  for (const g of [ones(shape, { dtype: 'float64' }), y]) {
    expectClose(gradient(g, y, tensor(deviations)), zeros(shape, { dtype: 'float64' }), 1e-14);
  }
});

test('names itself in errors', () => {
  expect(messagesOf({ ended: () => gradient(ended(), ended(), ended()) }).ended).toMatch(
    /^TapeError: standardiseGradient: /,
  );
});
