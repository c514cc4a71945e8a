import { logSoftmax, ones, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double, uniform } from '../../../core/test/numbers.ts';
import { classifications, ignoreIndex } from '../../test/crossEntropy.ts';
import { reductions } from '../../test/regression.ts';
import { nllLoss } from './nll.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

const rows = [
  [-0.5, -1, -4],
  [-2, -0.25, -3],
];

describe('values', () => {
  test('by hand', () => {
    expect(nllLoss(rows, [0, 2], { reduction: 'none' }).toList()).toEqual([0.5, 3]);
    expect(nllLoss(rows, [0, 2], { reduction: 'sum' }).item()).toBe(3.5);
    expect(nllLoss(rows, [0, 2]).item()).toBe(1.75);
    expect(nllLoss([-0.5, -1], 1).item()).toBe(1);
  });

  test('with weights: the mean divides by the weights of the classes that occur', () => {
    const weight = [2, 7, 0.5];
    expect(nllLoss(rows, [0, 2], { weight, reduction: 'none' }).toList()).toEqual([1, 1.5]);
    expect(nllLoss(rows, [0, 2], { weight }).item()).toBe(1);
  });

  test('of positions of pictures, the class axis being the second', () => {
    const pictures = [
      [
        [-1, -2],
        [-3, -4],
      ],
    ];
    expect(nllLoss(pictures, [[0, 1]], { reduction: 'none' }).toList()).toEqual([[1, 4]]);
  });

  test('of scores that are no log-probabilities are not refused, as in PyTorch', () => {
    expect(nllLoss([[5, 1]], [0]).item()).toBe(-5);
  });

  test.each(dataTypes)('at the ends of the line, in %s', (dtype) => {
    const x = tensor(
      [
        [-1000, 0],
        [-Infinity, 0],
        [Number.NaN, 0],
      ],
      { dtype },
    );
    expectClose(nllLoss(x, [0, 0, 0], { reduction: 'none' }), [1000, Infinity, Number.NaN], 0);
    expectClose(nllLoss(x, [1, 1, 1], { reduction: 'none' }), [0, 0, 0], 0);
  });

  test('of no rows: NaN on average, 0 in all', () => {
    expect(nllLoss(zeros([0, 3]), []).item()).toBeNaN();
    expect(nllLoss(zeros([0, 3]), [], { reduction: 'sum' }).item()).toBe(0);
    expect(nllLoss(zeros([0, 3]), [], { reduction: 'none' }).shape).toEqual([0]);
  });
});

test('after logSoftmax it is the softmax cross-entropy, in value and gradient', () => {
  const ofIndices = classifications.filter(({ logits, target }) => target.rank < logits.rank);
  fc.assert(
    fc.property(ofIndices, ({ logits, target, weight }) => {
      for (const reduction of reductions) {
        const options = { weight, ignoreIndex, reduction };
        const composed = (x: typeof logits) => nllLoss(logSoftmax(x, { axis: 1 }), target, options);
        const fused = (x: typeof logits) => softmaxCrossEntropy(x, target, options);
        expectClose(composed(logits), fused(logits), 1e-13);
        expectClose(gradientTensors(composed, [logits])[0], gradientTensors(fused, [logits])[0], 1e-13);
      }
    }),
  );
});

describe('gradients', () => {
  test('are minus the weight at the class, and 0 elsewhere', () => {
    const loss = (x: Parameters<typeof nllLoss>[0]) =>
      nllLoss(x, [0, 2], { weight: double([2, 7, 0.5]), reduction: 'sum' });
    expectClose(
      gradientTensors(loss, [rows])[0],
      [
        [-2, 0, 0],
        [0, 0, -0.5],
      ],
      0,
    );
  });

  test('are 0 in rows that are ignored, whatever stands in them, also where no row counts', () => {
    const x = double([
      [Number.NaN, Infinity],
      [-1, -2],
    ]);
    expect(nllLoss(x, [-100, 1]).item()).toBe(2);
    expectClose(
      gradientTensors((x) => nllLoss(x, [-100, 1]), [x])[0],
      [
        [0, 0],
        [0, -1],
      ],
      0,
    );
    expect(nllLoss(x, [-100, -100]).item()).toBeNaN();
    expectClose(gradientTensors((x) => nllLoss(x, [-100, -100]), [x])[0], zeros([2, 2]), 0);
  });

  test('agree with differences, also of the second order', () => {
    checkDerivatives(
      (x) => nllLoss(logSoftmax(x, { axis: 1 }), [1, -100, 3], { weight: double([1, 2, 0.5, 3]) }),
      [uniform([3, 4])],
    );
  });
});

test('refuses what does not fit', () => {
  const x = ones([2, 3]);
  expect(
    messagesOf({
      'one-hot rows': () => nllLoss(x, zeros([2, 3])),
      'a column': () => nllLoss(x, [[0], [1]]),
      'too few': () => nllLoss(x, [0]),
      'a scalar': () => nllLoss(1, 0),
      'out of range': () => nllLoss(x, [0, 3]),
      'counted from 1': () => nllLoss(x, [1, 3]),
      broken: () => nllLoss(x, [0, 0.5]),
      'too few weights': () => nllLoss(x, [0, 1], { weight: [1, 2] }),
      'two types': () => nllLoss(x, [0, 1], { weight: double([1, 2, 3]) }),
      'no such reduction': () => nllLoss(x, [0, 1], { reduction: 'average' as 'mean' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a column": "ShapeError: nllLoss: logProbabilities are [2, 3], target is [2, 1]; wanted class indices [2]. Reshape the target, \`reshape(target, [2])\`.",
      "a scalar": "ShapeError: nllLoss: logProbabilities are [], target is []; wanted logProbabilities of shape [batch, classes, …]. Give at least one row of scores, one for each class.",
      "broken": "ValueError: nllLoss: target[1] is 0.5, with 3 classes; wanted whole numbers from 0 to 2. Class indices are whole; probabilities need the shape of the logits.",
      "counted from 1": "ValueError: nllLoss: target[1] is 3, with 3 classes; wanted whole numbers from 0 to 2. The labels seem to start at 1: subtract 1 from all of them.",
      "no such reduction": "ValueError: nllLoss: reduction is 'average'; wanted 'mean', 'sum' or 'none'. Leave it out for 'mean'.",
      "one-hot rows": "ShapeError: nllLoss: logProbabilities are [2, 3], target is [2, 3]; wanted class indices [2]. Give the index of the right class of each row; \`predictions\` turns one-hot rows into indices.",
      "out of range": "ValueError: nllLoss: target[1] is 3, with 3 classes; wanted whole numbers from 0 to 2. Check the labels, or mark rows to leave out with \`ignoreIndex\`.",
      "too few": "ShapeError: nllLoss: logProbabilities are [2, 3], target is [1]; wanted class indices [2]. Give one class index for each row of scores.",
      "too few weights": "ShapeError: nllLoss: weight is [2], with 3 classes; wanted [3], one weight for each class. Give a weight of 1 to classes that are not special.",
      "two types": "DataTypeError: nllLoss: logProbabilities is float32, weight is float64; wanted operands of one type. Convert one of them, for example \`cast(weight, 'float32')\`.",
    }
  `);
});
