import { logSoftmax, type Tensor, type TensorLike, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { double, uniform } from '../../../core/test/numbers.ts';
import * as nn from '../index.ts';

const numbers = (seed: number, low = -2, high = 2): Tensor => tensor(uniform([3, 4], { low, high, seed }));
const [x, positive] = [numbers(1), numbers(2, 0.1, 0.9)];
const signs = double([
  [1, -1, 1, 1],
  [-1, -1, 1, -1],
  [1, 1, -1, 1],
]);
const labels = [2, 0, 3];
const perClass = [1, 2, 3, 4];

type Options = { exampleWeight?: TensorLike; reduction?: nn.Reduction };

/** Each loss of three examples x, with whatever options it has besides. */
const losses: Readonly<Record<string, (x: Tensor, options: Options) => Tensor>> = {
  mseLoss: (x, options) => nn.mseLoss(x, positive, options),
  l1Loss: (x, options) => nn.l1Loss(x, positive, options),
  halfSquaredLoss: (x, options) => nn.halfSquaredLoss(x, positive, options),
  logCoshLoss: (x, options) => nn.logCoshLoss(x, positive, options),
  huberLoss: (x, options) => nn.huberLoss(x, positive, { delta: 0.5, ...options }),
  smoothL1Loss: (x, options) => nn.smoothL1Loss(x, positive, { beta: 0.5, ...options }),
  'smoothL1Loss without a parabola': (x, options) => nn.smoothL1Loss(x, positive, { beta: 0, ...options }),
  quantileLoss: (x, options) => nn.quantileLoss(x, positive, { quantile: 0.2, ...options }),
  hingeLoss: (x, options) => nn.hingeLoss(x, signs, options),
  binaryCrossEntropyWithLogits: (x, options) => nn.binaryCrossEntropyWithLogits(x, positive, options),
  klDivergenceWithLogProbabilities: (x, options) =>
    nn.klDivergenceWithLogProbabilities(logSoftmax(x, { axis: 1 }), positive, options),
  'softmaxCrossEntropy of indices': (x, options) => nn.softmaxCrossEntropy(x, labels, options),
  'softmaxCrossEntropy of distributions': (x, options) => nn.softmaxCrossEntropy(x, positive, options),
  nllLoss: (x, options) => nn.nllLoss(logSoftmax(x, { axis: 1 }), labels, options),
  focalLoss: (x, options) => nn.focalLoss(x, labels, options),
  multiMarginLoss: (x, options) => nn.multiMarginLoss(x, labels, options),
};
const weighted = Object.entries(losses);

describe.each(weighted)('%s', (_, loss) => {
  test('of example n counts w[n] times, and the mean divides by the sum of the weights', () => {
    const each = loss(x, { reduction: 'none' });
    const [w, size] = [[0.5, 0, 3], each.size / 3];
    const wanted = each.toFlatArray().map((one: number, at: number) => one * w[Math.floor(at / size)]);
    const options = { exampleWeight: w };
    expectClose(loss(x, { ...options, reduction: 'none' }), tensor(wanted, { shape: each.shape }), 1e-15);
    let total = 0;
    for (const one of wanted) total += one;
    expectClose(loss(x, { ...options, reduction: 'sum' }), total, 1e-14);
    expectClose(loss(x, options), total / (3.5 * size), 1e-14);
  });

  test('an example of weight 0 has no gradient, one of weight 2 counts like two', () => {
    const [gradient] = gradientTensors((x) => loss(x, { exampleWeight: [1, 0, 2], reduction: 'sum' }), [x]);
    const [plain] = gradientTensors((x) => loss(x, { reduction: 'sum' }), [x]);
    const [g, p] = [gradient.toFlatArray(), plain.toFlatArray()];
    expectClose(tensor(g), tensor(p.map((one: number, at: number) => one * [1, 0, 2][Math.floor(at / 4)])), 1e-14);
    checkDerivatives((x) => loss(x, { exampleWeight: [1, 0.2, 2] }), [x.toNdarray()]);
  });

  test('weights of 1 change nothing, of 0 leave no mean', () => {
    expectClose(loss(x, { exampleWeight: [1, 1, 1] }), loss(x, {}), 1e-15);
    expect(loss(x, { exampleWeight: [0, 0, 0] }).item()).toBeNaN();
  });

  test('refuses weights that do not fit', () => {
    for (const exampleWeight of [
      [1, 1],
      [[1], [1], [1]],
      [1, -1, 1],
      [1, Number.NaN, 1],
      [1, Infinity, 1],
    ]) {
      expect(messagesOf({ call: () => loss(x, { exampleWeight }) }).call).toMatch(
        /^ValueError: \w+: exampleWeight is \[.*\], for losses of shape \[3.*\]; wanted finite numbers of at least 0/,
      );
    }
  });
});

test('there may be a weight for each single loss', () => {
  const exampleWeight = numbers(5, 0, 1);
  const each = nn.mseLoss(x, positive, { reduction: 'none' }).toFlatArray();
  let [total, weights] = [0, 0];
  exampleWeight.toFlatArray().forEach((weight, at) => {
    total += weight * each[at];
    weights += weight;
  });
  expectClose(nn.mseLoss(x, positive, { exampleWeight }), total / weights, 1e-15);
});

test('weights of classes and of examples are multiplied, and rows left out count in neither', () => {
  const options = { weight: perClass, exampleWeight: [2, 5, 0.5], ignoreIndex: 0 };
  const each = nn.softmaxCrossEntropy(x, labels, { reduction: 'none' }).toFlatArray();
  const [first, last] = [2 * perClass[2], 0.5 * perClass[3]];
  const wanted = (first * each[0] + last * each[2]) / (first + last);
  expectClose(nn.softmaxCrossEntropy(x, labels, options), wanted, 1e-15);
  expectClose(nn.nllLoss(logSoftmax(x, { axis: 1 }), labels, options), wanted, 1e-14);
  // The mean of a hinge loss divides by rows, whatever the weights of their classes.
  const margins = nn.multiMarginLoss(x, labels, { weight: perClass, reduction: 'none' }).toFlatArray();
  expectClose(nn.multiMarginLoss(x, labels, options), (2 * margins[0] + 0.5 * margins[2]) / 2.5, 1e-15);
});

test('the mean divergence of a row divides by the sum of the weights of rows', () => {
  const logs = logSoftmax(x, { axis: 1 });
  const each = nn.klDivergenceWithLogProbabilities(logs, positive, { reduction: 'none' }).toFlatArray();
  let total = 0;
  each.forEach((one, at) => {
    total += one * [1, 0, 3][Math.floor(at / 4)];
  });
  const options = { reduction: 'batchMean', exampleWeight: [1, 0, 3] } as const;
  expectClose(nn.klDivergenceWithLogProbabilities(logs, positive, options), total / 4, 1e-14);
});

test('images: the weight of an example is that of all its pixels', () => {
  const logits = tensor(uniform([2, 3, 2, 2]));
  const target = [
    [
      [0, 1],
      [2, 0],
    ],
    [
      [1, 1],
      [0, 2],
    ],
  ];
  const each = nn.softmaxCrossEntropy(logits, target, { reduction: 'none' }).toFlatArray();
  let total = 0;
  each.forEach((one, at) => {
    total += one * (at < 4 ? 1 : 3);
  });
  expectClose(nn.softmaxCrossEntropy(logits, target, { exampleWeight: [1, 3] }), total / 16, 1e-15);
});
