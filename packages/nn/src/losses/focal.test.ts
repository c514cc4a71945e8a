import { concat, logSoftmax, multiply, ones, pow, softmax, subtract, type Tensor, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double, uniform } from '../../../core/test/numbers.ts';
import { reductions } from '../../test/regression.ts';
import { focalLoss } from './focal.ts';
import { nllLoss } from './nll.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

const labels = [0, 3, 1];
const gammas = fc.double({ min: 0.1, max: 5, noNaN: true });

describe('values', () => {
  test('by hand', () => {
    expectClose(focalLoss(zeros([1, 2], { dtype: 'float64' }), [0]), 0.25 * Math.LN2, 1e-15);
    expectClose(focalLoss(zeros([1, 4], { dtype: 'float64' }), [2], { gamma: 1 }), 0.75 * Math.log(4), 1e-15);
    expectClose(focalLoss(double([0, 0]), 1, { alpha: double([1, 3]) }), 0.75 * Math.LN2, 1e-15);
  });

  test('are those of the formula, and so are gradients', () => {
    fc.assert(
      fc.property(gammas, fc.nat(), (gamma, seed) => {
        const logits = tensor(uniform([3, 4], { low: -4, high: 4, seed }));
        const alpha = tensor(uniform([4], { low: 0.1, seed: seed + 1 }));
        const composed = (x: Tensor) => {
          const doubt = pow(subtract(1, softmax(x, { axis: 1 })), gamma);
          return nllLoss(multiply(alpha, multiply(doubt, logSoftmax(x, { axis: 1 }))), labels, { reduction: 'none' });
        };
        const fused = (x: Tensor) => focalLoss(x, labels, { gamma, alpha, reduction: 'none' });
        expectClose(fused(logits), composed(logits), 1e-11);
        expectClose(gradientTensors(fused, [logits])[0], gradientTensors(composed, [logits])[0], 1e-10);
      }),
    );
  });

  test('are the softmax cross-entropy for γ = 0', () => {
    const logits = tensor(uniform([3, 4]));
    for (const reduction of reductions) {
      expectClose(
        focalLoss(logits, labels, { gamma: 0, reduction }),
        softmaxCrossEntropy(logits, labels, { reduction }),
        1e-15,
      );
    }
  });

  test('of two classes are the sigmoid form of the paper', () => {
    for (const x of [-3, -0.5, 0, 2]) {
      const p = 1 / (1 + Math.exp(-x));
      const options = { gamma: 2, alpha: double([0.75, 0.25]) };
      expectClose(focalLoss(double([[0, x]]), [1], options), 0.25 * (1 - p) ** 2 * Math.log1p(Math.exp(-x)), 1e-15);
      expectClose(focalLoss(double([[0, x]]), [0], options), 0.75 * p ** 2 * Math.log1p(Math.exp(x)), 1e-15);
    }
  });

  test('never exceed the cross-entropy', () => {
    fc.assert(
      fc.property(gammas, fc.nat(), (gamma, seed) => {
        const logits = tensor(uniform([3, 4], { low: -9, high: 9, seed }));
        const focal = focalLoss(logits, labels, { gamma, reduction: 'none' }).toFlatArray();
        const full = softmaxCrossEntropy(logits, labels, { reduction: 'none' }).toFlatArray();
        focal.forEach((loss, row) => {
          expect(loss).toBeLessThanOrEqual(full[row] * (1 + 1e-12));
        });
      }),
    );
  });

  test.each(dataTypes)('at the ends of the line, in %s', (dtype) => {
    const logits = tensor(
      [
        [1000, -1000],
        [-1000, 1000],
        [0, -Infinity],
        [Number.NaN, 0],
      ],
      { dtype },
    );
    for (const gamma of [0, 0.5, 2]) {
      const loss = (x: Tensor) => focalLoss(x, [0, 0, 0, 0], { gamma, reduction: 'none' });
      expectClose(loss(logits), [0, 2000, 0, Number.NaN], 0);
      const rows = [
        [0, 0],
        [-1, 1],
        [0, 0],
        [Number.NaN, Number.NaN],
      ];
      expectClose(gradientTensors(loss, [logits])[0], rows, 0);
    }
  });

  test.each([
    ['float64', 40, 7.667648073722e-53, 2.3002944221166e-52],
    ['float32', 20, 8.756510717575e-27, 2.62695321076e-26],
  ] as const)('where the model is all but sure, in %s', (dtype, logit, loss, slope) => {
    const logits = tensor([[logit, 0]], { dtype });
    const digits = dtype === 'float64' ? 1e-12 : 1e-6;
    const isNear = (got: number, wanted: number) => expect(Math.abs(got / wanted - 1)).toBeLessThan(digits);
    isNear(focalLoss(logits, [0]).item(), loss);
    const [[down, up]] = gradientTensors((x) => focalLoss(x, [0]), [logits])[0].toList() as number[][];
    isNear(down, -slope);
    isNear(up, slope);
  });

  test('of one class alone, and of no rows', () => {
    expectClose(focalLoss([[7]], [0]), 0, 0);
    expectClose(gradientTensors((x) => focalLoss(x, [0]), [[[7]]])[0], [[0]], 0);
    expect(focalLoss(zeros([0, 3]), []).item()).toBeNaN();
    expect(focalLoss(zeros([0, 3]), [], { reduction: 'sum' }).item()).toBe(0);
  });

  test('leave out rows that are ignored, whatever stands in them', () => {
    const counted = tensor(uniform([1, 3]));
    const logits = concat([counted, double([[Number.NaN, Infinity, 0]])], { axis: 0 });
    expectClose(focalLoss(logits, [1, -100]), focalLoss(counted, [1]), 0);
    const [gradient] = gradientTensors((x) => focalLoss(x, [-100, -100]), [logits]);
    expectClose(gradient, zeros([2, 3]), 0);
  });
});

test.each(reductions)('has the derivatives of its formula, reduction %s', (reduction) => {
  for (const gamma of [0.5, 2]) {
    const options = { gamma, alpha: double([1, 2, 0.5, 3]), reduction };
    checkDerivatives((x) => focalLoss(x, labels, options), [uniform([3, 4], { low: -2, high: 2 })]);
  }
});

test('refuses what does not fit', () => {
  const x = ones([2, 3]);
  expect(
    messagesOf({
      probabilities: () => focalLoss(x, ones([2, 3])),
      'out of range': () => focalLoss(x, [0, 7]),
      'a negative γ': () => focalLoss(x, [0, 1], { gamma: -1 }),
      'γ of NaN': () => focalLoss(x, [0, 1], { gamma: Number.NaN }),
      'one α': () => focalLoss(x, [0, 1], { alpha: 0.25 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a negative γ": "ValueError: focalLoss: gamma is -1; wanted a finite number of at least 0. Usual values are 0.5 to 5.",
      "one α": "ShapeError: focalLoss: alpha is [], with 3 classes; wanted [3], one α for each class. For two classes, of which the second is the rare one, the α of the paper is \`[1 - α, α]\`.",
      "out of range": "ValueError: focalLoss: target[1] is 7, with 3 classes; wanted whole numbers from 0 to 2. Check the labels, or mark rows to leave out with \`ignoreIndex\`.",
      "probabilities": "ShapeError: focalLoss: logits are [2, 3], target is [2, 3]; wanted class indices [2]. Give the index of the right class of each row; \`predictions\` turns one-hot rows into indices.",
      "γ of NaN": "ValueError: focalLoss: gamma is NaN; wanted a finite number of at least 0. Usual values are 0.5 to 5.",
    }
  `);
});
