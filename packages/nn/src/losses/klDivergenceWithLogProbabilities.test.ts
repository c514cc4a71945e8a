import {
  divide,
  exp,
  log,
  logSoftmax,
  multiply,
  ones,
  softmax,
  subtract,
  sum,
  type Tensor,
  tensor,
  zeros,
} from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double, uniform } from '../../../core/test/numbers.ts';
import { klDivergence } from './klDivergence.ts';
import { klDivergenceWithLogProbabilities } from './klDivergenceWithLogProbabilities.ts';

const reductions = ['mean', 'batchMean', 'sum', 'none'] as const;
const target = double([
  [0.5, 0.25, 0.25],
  [0.5, 0.5, 0],
]);
const logQ = multiply(
  -Math.LN2,
  double([
    [1, 2, 2],
    [2, 1, 2],
  ]),
);

describe('values', () => {
  test('by hand, for every reduction', () => {
    // Row 0 is the model itself; row 1 differs at its first position alone: ½·ln(½/¼).
    expectClose(
      klDivergenceWithLogProbabilities(logQ, target, { reduction: 'none' }),
      [
        [0, 0, 0],
        [0.5 * Math.LN2, 0, 0],
      ],
      1e-15,
    );
    expectClose(klDivergenceWithLogProbabilities(logQ, target, { reduction: 'sum' }), 0.5 * Math.LN2, 1e-15);
    expectClose(klDivergenceWithLogProbabilities(logQ, target, { reduction: 'batchMean' }), 0.25 * Math.LN2, 1e-15);
    expectClose(klDivergenceWithLogProbabilities(logQ, target), (0.5 * Math.LN2) / 6, 1e-15);
  });

  test('sum up to the divergence of the target from the model', () => {
    const divergences = klDivergence({ of: target, from: exp(logQ) });
    expectClose(
      sum(klDivergenceWithLogProbabilities(logQ, target, { reduction: 'none' }), { axes: 1 }),
      divergences,
      1e-15,
    );
  });

  test('are the long form, and so are gradients, with the target either way', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const [logits, other] = [0, 1].map((more) => tensor(uniform([3, 4], { low: -5, high: 5, seed: seed + more })));
        const composed = (x: Tensor, t: Tensor) =>
          divide(sum(multiply(softmax(t), subtract(log(softmax(t)), logSoftmax(x)))), 3);
        const plain = (x: Tensor, t: Tensor) =>
          klDivergenceWithLogProbabilities(logSoftmax(x), softmax(t), { reduction: 'batchMean' });
        const inLogs = (x: Tensor, t: Tensor) =>
          klDivergenceWithLogProbabilities(logSoftmax(x), logSoftmax(t), { logTarget: true, reduction: 'batchMean' });
        const wanted = gradientTensors(composed, [logits, other]);
        for (const loss of [plain, inLogs]) {
          expectClose(loss(logits, other), composed(logits, other), 1e-13);
          gradientTensors(loss, [logits, other]).forEach((gradient, at) => {
            expectClose(gradient, wanted[at], 1e-13);
          });
        }
      }),
    );
  });

  test('of what is not normalised are not refused, as in PyTorch', () => {
    expectClose(klDivergenceWithLogProbabilities(double([3]), double([2])), 2 * (Math.LN2 - 3), 1e-15);
    expect(klDivergenceWithLogProbabilities(double([-1]), double([-0.5])).item()).toBeNaN();
  });

  test.each(dataTypes)('at the ends of the line, in %s', (dtype) => {
    const x = tensor([-1000, -Infinity, -Infinity, Number.NaN, Number.NaN], { dtype });
    const t = tensor([1, 1, 0, 1, 0], { dtype });
    const losses = klDivergenceWithLogProbabilities(x, t, { reduction: 'none' });
    expectClose(losses, [1000, Infinity, 0, Number.NaN, 0], 0);
    expectClose(klDivergenceWithLogProbabilities(x, log(t), { logTarget: true, reduction: 'none' }), losses, 0);
    expect(klDivergenceWithLogProbabilities(zeros([0, 3], { dtype }), zeros([0, 3], { dtype })).item()).toBeNaN();
    expect(
      klDivergenceWithLogProbabilities(zeros([0, 3], { dtype }), zeros([0, 3], { dtype }), {
        reduction: 'batchMean',
      }).item(),
    ).toBeNaN();
    expect(
      klDivergenceWithLogProbabilities(zeros([0, 3], { dtype }), zeros([0, 3], { dtype }), { reduction: 'sum' }).item(),
    ).toBe(0);
  });
});

describe('gradients', () => {
  test('are -t and ln t + 1 - logProbabilities; a target of 0 pulls at nothing', () => {
    const loss = (x: Tensor, t: Tensor) => klDivergenceWithLogProbabilities(x, t, { reduction: 'sum' });
    const [byX, byT] = gradientTensors(loss, [
      [-2, -Infinity],
      [0.5, 0],
    ]);
    expectClose(byX, [-0.5, 0], 1e-15);
    expectClose(byT, [3 - Math.LN2, 0], 1e-15);
    const inLogs = (x: Tensor, t: Tensor) =>
      klDivergenceWithLogProbabilities(x, t, { logTarget: true, reduction: 'sum' });
    const [, byLogT] = gradientTensors(inLogs, [
      [-2, -1],
      [-Math.LN2, -Infinity],
    ]);
    expectClose(byLogT, [0.5 * (3 - Math.LN2), 0], 1e-15);
  });

  test.each(reductions)('agree with differences, reduction %s', (reduction) => {
    const point = [uniform([2, 3], { low: -3, high: 0 }), uniform([2, 3], { low: 0.1, seed: 2 })];
    checkDerivatives((x, t) => klDivergenceWithLogProbabilities(x, t, { reduction }), point);
    checkDerivatives((x, t) => klDivergenceWithLogProbabilities(x, t, { logTarget: true, reduction }), point);
  });
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'class indices': () => klDivergenceWithLogProbabilities(ones([2, 3]), [0, 1]),
      'two types': () => klDivergenceWithLogProbabilities(ones([1]), double([1])),
      "PyTorch's spelling": () => klDivergenceWithLogProbabilities([1], [1], { reduction: 'batchmean' as 'mean' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "PyTorch's spelling": "ValueError: klDivergenceWithLogProbabilities: reduction is 'batchmean'; wanted 'mean', 'batchMean', 'sum' or 'none'. Take 'batchMean' for the mean divergence of a row, or leave it out for 'mean'.",
      "class indices": "ShapeError: klDivergenceWithLogProbabilities: logProbabilities are [2, 3], target is [2]; wanted one shape for both. Give as many numbers for the one as for the other; here nothing is broadcast.",
      "two types": "DataTypeError: klDivergenceWithLogProbabilities: logProbabilities is float32, target is float64; wanted operands of one type. Convert one of them, for example \`cast(target, 'float32')\`.",
    }
  `);
});
