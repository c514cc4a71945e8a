import { log, stack, tensor, transpose, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../core/test/gradients.ts';
import { dataTypes, double, uniform } from '../../../core/test/numbers.ts';
import { pull } from '../../test/pull.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

describe('values', () => {
  test('by hand', () => {
    expectClose(softmaxCrossEntropy(double([[3, 1, -3]]), [0]), 0.1291089088298506, 1e-15);
    expectClose(softmaxCrossEntropy([[3, 1, -3]], [0]), 0.1291089088298506, 1e-7);
    expectClose(softmaxCrossEntropy(double([3, 1, -3]), 0), 0.1291089088298506, 1e-15);
  });

  test('a model that knows nothing loses the logarithm of the number of classes', () => {
    for (const dtype of dataTypes) {
      const losses = softmaxCrossEntropy(zeros([3, 10], { dtype }), [0, 5, 9], { reduction: 'none' });
      expectClose(losses, [Math.LN10, Math.LN10, Math.LN10], dtype === 'float64' ? 1e-15 : 1e-7);
    }
  });

  test('are lower the more the model believes in the right class', () => {
    const believed = log(double([[0.6, 0.3, 0.1]]));
    const losses = [0, 1, 2].map((label) => softmaxCrossEntropy(believed, [label]).item());
    expectClose(double(losses), [-Math.log(0.6), -Math.log(0.3), -Math.log(0.1)], 1e-15);
    expect(losses).toEqual(losses.toSorted((a, b) => a - b));
  });

  test('do not care for what is added to all logits of a row', () => {
    const random = uniform([4, 5], { low: -3, high: 3 });
    const shifted = tensor(random)
      .toFlatArray()
      .map((logit) => logit + 50);
    const labels = [0, 4, 2, 2];
    const wanted = softmaxCrossEntropy(random, labels);
    expectClose(softmaxCrossEntropy(tensor(shifted, { shape: [4, 5] }), labels), wanted, 1e-13);
  });
});

describe('gradients', () => {
  test('are what the model believes, less what is true', () => {
    const p = [3, 1, -3].map((logit) => Math.exp(logit) / (Math.exp(3) + Math.exp(1) + Math.exp(-3)));
    expectClose(pull(double([[3, 1, -3]]), [0]), [[p[0] - 1, p[1], p[2]]], 1e-15);
    expectClose(pull(double([[3, 1, -3]]), [2]), [[p[0], p[1], p[2] - 1]], 1e-15);
  });

  test('are divided by the number of rows', () => {
    const thirds = [
      [1 / 3, 1 / 3, 1 / 3],
      [1 / 3, 1 / 3, 1 / 3],
    ];
    const wanted = thirds.map((row, at) => row.map((p, c) => (p - (c === at ? 1 : 0)) / 2));
    expectClose(pull(zeros([2, 3], { dtype: 'float64' }), [0, 1]), wanted, 1e-15);
  });

  test('are (Σ target)·p - target for rows that do not sum to 1', () => {
    expectClose(pull(zeros([1, 2], { dtype: 'float64' }), double([[3, 0]])), [[1.5 - 3, 1.5]], 1e-15);
    expectClose(pull(zeros([1, 2], { dtype: 'float64' }), double([[-1, 0.5]])), [[-0.25 + 1, -0.25 - 0.5]], 1e-15);
  });

  test('by a distribution are the costs of its classes', () => {
    const logits = double([[3, 1, -3]]);
    const wanted = [0, 1, 2].map((label) => softmaxCrossEntropy(logits, [label]).item());
    expectClose(double(gradientsOf((t) => softmaxCrossEntropy(logits, t), [[[1, 0, 0]]])[0]), [wanted], 1e-15);
  });

  test('can be differentiated again', () => {
    const [logits, target] = [uniform([3, 4], { seed: 1 }), uniform([3, 4], { low: 0, seed: 2 })];
    const options = { weight: [1, 2, 0.5, 3], labelSmoothing: 0.1 };
    checkDerivatives((x) => softmaxCrossEntropy(x, [1, -100, 3], options), [logits]);
    checkDerivatives((x, t) => softmaxCrossEntropy(x, t, options), [logits, target]);
  });
});

describe('targets', () => {
  const labels = fc.array(fc.nat(3), { minLength: 1, maxLength: 5 });

  test('mean the same as indices, one-hot and as certainties', () => {
    fc.assert(
      fc.property(labels, fc.nat(), (labels, seed) => {
        const logits = tensor(uniform([labels.length, 4], { low: -9, high: 9, seed }));
        const rows = labels.map((label) => [0, 1, 2, 3].map((c) => (c === label ? 1 : 0)));
        for (const target of [Uint8Array.from(labels), tensor(labels), rows, tensor(rows, { dtype: 'float64' })]) {
          expectClose(softmaxCrossEntropy(logits, target), softmaxCrossEntropy(logits, labels), 1e-15);
          expectClose(pull(logits, target), pull(logits, labels), 1e-15);
        }
      }),
    );
  });

  test('of pictures, one label for each position, are those of the positions taken one by one', () => {
    const positions = [0, 1, 2].map((seed) => tensor(uniform([2, 4], { low: -3, high: 3, seed })));
    const labels = [
      [0, 1, 2],
      [3, 2, 1],
    ];
    const together = softmaxCrossEntropy(stack(positions, { axis: 2 }), labels, { reduction: 'none' });
    const apart = positions.map((logits, at) =>
      softmaxCrossEntropy(
        logits,
        labels.map((row) => row[at]),
        { reduction: 'none' },
      ),
    );
    expectClose(together, transpose(stack(apart)), 1e-15);
  });

  test('smoothed are a one-hot row mixed with an even one', () => {
    const logits = tensor(uniform([1, 4]));
    const mixed = double([[0.05, 0.05, 0.85, 0.05]]);
    expectClose(softmaxCrossEntropy(logits, [2], { labelSmoothing: 0.2 }), softmaxCrossEntropy(logits, mixed), 1e-15);
  });
});

describe('class weights', () => {
  test('make a weighted mean of class indices, and a plain one of probabilities', () => {
    const logits = tensor(uniform([2, 2]));
    const [first, second] = softmaxCrossEntropy(logits, [0, 1], { reduction: 'none' }).toFlatArray();
    const weight = [1, 3];
    expectClose(softmaxCrossEntropy(logits, [0, 1], { weight }), (first + 3 * second) / 4, 1e-15);
    const oneHot = [
      [1, 0],
      [0, 1],
    ];
    expectClose(softmaxCrossEntropy(logits, oneHot, { weight }), (first + 3 * second) / 2, 1e-15);
  });
});
