import { add, exp, log, multiply, negate, ones, type Tensor, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moderate, tensorsOf } from '../../../core/test/arbitrary.ts';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientsOf, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { curvature } from '../../test/curvature.ts';
import { expectFormula, reductions } from '../../test/regression.ts';
import { logCoshLoss } from './logCosh.ts';

/** The loss of distances, each by itself. */
const of = (distance: Tensor): Tensor =>
  logCoshLoss(distance, tensor(new Float64Array(distance.size), { shape: distance.shape, dtype: distance.dtype }), {
    reduction: 'none',
  });

test('by hand', () => {
  expectClose(of(double([0, Math.log(2), -Math.log(2)])), [0, Math.log(1.25), Math.log(1.25)], 1e-15);
});

test.each(dataTypes)('is the logarithm of the hyperbolic cosine, in %s', (dtype) => {
  expectFormula(logCoshLoss, (d) => Math.log(Math.cosh(d)), dtype);
});

test('is its composed form, in value and gradient', () => {
  const composed = (d: Tensor) => log(multiply(0.5, add(exp(d), exp(negate(d)))));
  fc.assert(
    fc.property(tensorsOf([5], moderate), (d) => {
      expectClose(of(d), composed(d), 1e-14);
      expectClose(gradientTensors(of, [d])[0], gradientTensors(composed, [d])[0], 1e-14);
    }),
  );
});

test('keeps its digits near 0, where it is d²/2 - d⁴/12 + d⁶/45', () => {
  for (const d of [1e-8, 1e-4, 1e-2]) {
    expect(of(double([d])).item() / (d ** 2 / 2 - d ** 4 / 12 + d ** 6 / 45)).toBeCloseTo(1, 11);
  }
});

test.each(dataTypes)('at the ends of the line, in %s', (dtype) => {
  const d = tensor([-1000, 1000, Infinity, Number.NaN], { dtype });
  expectClose(of(d), [1000 - Math.LN2, 1000 - Math.LN2, Infinity, Number.NaN], 1e-7);
  expect(gradientsOf(of, [d])).toEqual([[-1, 1, 1, Number.NaN]]);
  expect(logCoshLoss([], []).item()).toBeNaN();
});

test('pulls by tanh, and bends most at the target', () => {
  expectClose(gradientTensors(of, [[-1, 0, 0.5]])[0], [-Math.tanh(1), 0, Math.tanh(0.5)], 1e-15);
  expectClose(
    double(curvature((d) => logCoshLoss(d, double([0, 0]), { reduction: 'sum' }), [0, 1])),
    [1, 1 - Math.tanh(1) ** 2],
    1e-15,
  );
});

test.each(reductions)('has the derivatives of its formula, reduction %s', (reduction) => {
  checkDerivatives(
    (p, t) => logCoshLoss(p, t, { reduction }),
    [
      [1, -2, 0.5, 0],
      [1, 3, 0.25, 4],
    ],
  );
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'a column': () => logCoshLoss(ones([4]), ones([4, 1])),
      'no such reduction': () => logCoshLoss([1], [1], { reduction: 'average' as 'mean' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a column": "ShapeError: logCoshLoss: prediction is [4], target is [4, 1]; wanted one shape for both. Reshape one of them, for example \`reshape(target, [4])\`; broadcasting would compare every pair.",
      "no such reduction": "ValueError: logCoshLoss: reduction is 'average'; wanted 'mean', 'sum' or 'none'. Leave it out for 'mean'.",
    }
  `);
});
