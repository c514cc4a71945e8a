import { add, log, multiply, negate, ones, sigmoid, subtract, type Tensor, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientsOf, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double, uniform } from '../../../core/test/numbers.ts';
import { reductions } from '../../test/regression.ts';
import { binaryCrossEntropyWithLogits } from './binaryCrossEntropyWithLogits.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

describe('values', () => {
  test('by hand', () => {
    expectClose(binaryCrossEntropyWithLogits(double([0, 0]), double([0, 1])), Math.LN2, 1e-15);
    const logits = double([Math.log(3)]); // σ = 3/4
    expectClose(binaryCrossEntropyWithLogits(logits, double([1])), -Math.log(0.75), 1e-15);
    expectClose(binaryCrossEntropyWithLogits(logits, double([0])), -Math.log(0.25), 1e-15);
    expectClose(binaryCrossEntropyWithLogits(logits, double([1]), { posWeight: 5 }), -5 * Math.log(0.75), 1e-15);
    expectClose(binaryCrossEntropyWithLogits(logits, double([0]), { posWeight: 5 }), -Math.log(0.25), 1e-15);
  });

  test('are those of the long form, and so are gradients', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...reductions), (seed, reduction) => {
        const logits = tensor(uniform([4, 3], { low: -6, high: 6, seed }));
        const target = tensor(uniform([4, 3], { low: 0, seed: seed + 1 }));
        const weight = tensor(uniform([4, 1], { low: 0, seed: seed + 2 }));
        const posWeight = tensor(uniform([3], { low: 0, high: 3, seed: seed + 3 }));
        const composed = (x: Tensor) => {
          const yes = multiply(posWeight, multiply(target, log(sigmoid(x))));
          const no = multiply(subtract(1, target), log(subtract(1, sigmoid(x))));
          const losses = multiply(weight, negate(add(yes, no)));
          return reduction === 'none' ? losses : multiply(losses, reduction === 'sum' ? 1 : 1 / 12);
        };
        const fused = (x: Tensor) => binaryCrossEntropyWithLogits(x, target, { weight, posWeight, reduction });
        const total = (losses: Tensor): number => Array.from(losses.toFlatArray()).reduce((sum, loss) => sum + loss, 0);
        expectClose(double([total(fused(logits))]), [total(composed(logits))], 1e-12);
        expectClose(gradientTensors(fused, [logits])[0], gradientTensors(composed, [logits])[0], 1e-12);
      }),
    );
  });

  test('are the softmax cross-entropy of the logits [0, x]', () => {
    for (const x of [-3, 0, 0.5, 8]) {
      const softmaxed = softmaxCrossEntropy(double([[0, x]]), [1]);
      expectClose(binaryCrossEntropyWithLogits(double([x]), double([1])), softmaxed, 1e-15);
    }
  });

  test.each(dataTypes)('at the ends of the line, in %s', (dtype) => {
    const logits = tensor([1000, 1000, -1000, -1000, Number.NaN], { dtype });
    const target = tensor([1, 0, 1, 0, 1], { dtype });
    const loss = (x: Tensor) => binaryCrossEntropyWithLogits(x, target, { reduction: 'none' });
    expectClose(loss(logits), [0, 1000, 1000, 0, Number.NaN], 0);
    expectClose(gradientTensors(loss, [logits])[0], [0, 1, -1, 0, Number.NaN], 0);
  });

  test('keep the digits of a loss that is far below 1', () => {
    for (const [x, target] of [
      [40, 1],
      [-40, 0],
    ]) {
      const loss = binaryCrossEntropyWithLogits(double([x]), double([target])).item();
      expect(loss / Math.exp(-40)).toBeCloseTo(1, 12);
    }
  });

  test('of nothing: NaN on average, 0 in all', () => {
    expect(binaryCrossEntropyWithLogits([], []).item()).toBeNaN();
    expect(binaryCrossEntropyWithLogits([], [], { reduction: 'sum' }).item()).toBe(0);
  });

  test('forgive a target that rounding put a hair outside', () => {
    expectClose(binaryCrossEntropyWithLogits([0], [1 + 2 ** -23]), Math.LN2, 1e-6);
  });
});

describe('gradients', () => {
  test('are what the model believes, less what is true', () => {
    const [gradient] = gradientsOf(
      (x) => binaryCrossEntropyWithLogits(x, double([0, 1, 0.25]), { reduction: 'sum' }),
      [[0, 0, 0]],
    );
    expect(gradient).toEqual([0.5, -0.5, 0.25]);
  });

  test.each(reductions)('agree with differences by logits, target and weights, reduction %s', (reduction) => {
    checkDerivatives(
      (x, t, weight, posWeight) => binaryCrossEntropyWithLogits(x, t, { weight, posWeight, reduction }),
      [
        uniform([2, 3], { low: -3, high: 3 }),
        uniform([2, 3], { low: 0.1, high: 0.9, seed: 2 }),
        uniform([2, 1], { low: 0.1, seed: 3 }),
        uniform([3], { low: 0.1, seed: 4 }),
      ],
    );
  });
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'a column': () => binaryCrossEntropyWithLogits(ones([4]), ones([4, 1])),
      '±1': () => binaryCrossEntropyWithLogits(ones([2]), [1, -1]),
      'class indices': () => binaryCrossEntropyWithLogits(ones([3]), [0, 1, 2]),
      NaN: () => binaryCrossEntropyWithLogits(ones([1]), [Number.NaN]),
      'a weight that is larger': () => binaryCrossEntropyWithLogits(ones([3]), zeros([3]), { weight: ones([2, 3]) }),
      'a weight that does not fit': () => binaryCrossEntropyWithLogits(ones([3]), zeros([3]), { posWeight: [1, 2] }),
      'two types': () => binaryCrossEntropyWithLogits(ones([1]), double([1])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "NaN": "ValueError: binaryCrossEntropyWithLogits: target[0] is NaN; wanted numbers from 0 to 1. Give 1 for yes and 0 for no; class indices belong to \`softmaxCrossEntropy\`.",
      "a column": "ShapeError: binaryCrossEntropyWithLogits: logits are [4], target is [4, 1]; wanted one shape for both. Reshape one of them, for example \`reshape(target, [4])\`; broadcasting would compare every pair.",
      "a weight that does not fit": "ShapeError: binaryCrossEntropyWithLogits: logits is [3], posWeight is [2]; wanted shapes that broadcast: aligned at the last axis, lengths equal or 1. Reshape one of them, for example put in an axis of length 1.",
      "a weight that is larger": "ShapeError: binaryCrossEntropyWithLogits: logits are [3], weight is [2, 3]; wanted a weight that broadcasts to the logits. Give it the shape of the logits, or 1 along axes over which it does not change.",
      "class indices": "ValueError: binaryCrossEntropyWithLogits: target[2] is 2; wanted numbers from 0 to 1. Give 1 for yes and 0 for no; class indices belong to \`softmaxCrossEntropy\`.",
      "two types": "DataTypeError: binaryCrossEntropyWithLogits: logits is float32, target is float64; wanted operands of one type. Convert one of them, for example \`cast(target, 'float32')\`.",
      "±1": "ValueError: binaryCrossEntropyWithLogits: target[1] is -1; wanted numbers from 0 to 1. Targets of ±1 belong to \`hingeLoss\`; here use \`multiply(0.5, add(target, 1))\`.",
    }
  `);
});
