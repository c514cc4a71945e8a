import { log, softmax, subtract, zeros } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { gradientTensors } from '../../../core/test/gradients.ts';
import { double } from '../../../core/test/numbers.ts';
import { crossEntropyOfDistributions } from './crossEntropyOfDistributions.ts';
import { entropy } from './entropy.ts';
import { klDivergence } from './klDivergence.ts';
import { nllLoss } from './nll.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

/* Documents' examples as tests: the numbers that lectures and articles on these losses print. */

describe('softmax', () => {
  test('of 1, 2, 3', () => {
    expectClose(softmax(double([1, 2, 3])), [0.0900306, 0.2447285, 0.665241], 1e-7);
  });

  test('of the logits 3, 1, -3, with the loss of class 0 and its gradient p - y', () => {
    const logits = double([[3, 1, -3]]);
    expectClose(softmax(logits), [[0.878878, 0.118943, 0.002179]], 1e-6);
    expectClose(softmaxCrossEntropy(logits, [0]), 0.1291089088298506, 1e-15);
    const [gradient] = gradientTensors((x) => softmaxCrossEntropy(x, [0]), [logits]);
    expectClose(gradient, subtract(softmax(logits), double([[1, 0, 0]])), 1e-15);
    expectClose(gradient, [[0.878878 - 1, 0.118943, 0.002179]], 1e-6);
  });
});

describe('the negative log-likelihood', () => {
  test('grows as the probability of the right class falls: 0.6, 0.3, 0.1', () => {
    const logProbabilities = log(double([[0.6, 0.3, 0.1]]));
    const losses = [0, 1, 2].map((label) => nllLoss(logProbabilities, [label]).item());
    expect(losses.map((loss) => loss.toFixed(4))).toEqual(['0.5108', '1.2040', '2.3026']);
    expect(losses[0]).toBeLessThan(losses[1]);
    expect(losses[1]).toBeLessThan(losses[2]);
  });

  test('of ten classes at chance is ln 10, about 2.3026', () => {
    expectClose(softmaxCrossEntropy(zeros([4, 10], { dtype: 'float64' }), [0, 3, 6, 9]), Math.log(10), 1e-15);
  });
});

describe('divergence', () => {
  const p = double([0.7, 0.2, 0.1]);
  const q = double([0.2, 0.6, 0.2]);

  test('of P from Q is not that of Q from P', () => {
    expectClose(klDivergence({ of: p, from: q }), 0.587896902157141, 1e-15);
    expectClose(klDivergence({ of: p, from: q, base: 10 }), 0.25532, 1e-6);
    expectClose(klDivergence({ of: q, from: p }), 0.5472442156137811, 1e-15);
    expectClose(klDivergence({ of: q, from: p, base: 10 }), 0.237665, 1e-6);
  });

  test('is cross-entropy less entropy', () => {
    const difference = subtract(crossEntropyOfDistributions({ of: p, under: q }), entropy(p));
    expectClose(klDivergence({ of: p, from: q }), difference, 1e-15);
  });

  test('is the cross-entropy itself exactly where P is one-hot, whose entropy is 0', () => {
    for (const oneHot of [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ].map((row) => double(row))) {
      expectClose(entropy(oneHot), 0, 0);
      const divergence = klDivergence({ of: oneHot, from: q }).item();
      expect(divergence).toBe(crossEntropyOfDistributions({ of: oneHot, under: q }).item());
    }
    expect(klDivergence({ of: p, from: q }).item()).toBeLessThan(
      crossEntropyOfDistributions({ of: p, under: q }).item(),
    );
  });
});

describe('mistakes', () => {
  test('a softmax before a loss that has its own: of ten classes it cannot fall below 1.4611502', () => {
    const right = double([[1, 0, 0, 0, 0, 0, 0, 0, 0, 0]]);
    expectClose(softmaxCrossEntropy(right, [0]), 1.4611502, 1e-7);
    expectClose(softmaxCrossEntropy(right, [0]), Math.log(Math.E + 9) - 1, 1e-15);
    const sure = double([[1000, 0, 0, 0, 0, 0, 0, 0, 0, 0]]);
    expectClose(softmaxCrossEntropy(softmax(sure), [0]), 1.4611502, 1e-7);
    expect(softmaxCrossEntropy(sure, [0]).item()).toBe(0);
  });

  test('soft targets that do not sum to 1: the gradient is (Σt)·p - t', () => {
    const [logits, target] = [double([[3, 1, -3]]), double([[0.7, 0.6, 0.2]])];
    const p = softmax(logits).toFlatArray();
    const [gradient] = gradientTensors((x) => softmaxCrossEntropy(x, target), [logits]);
    expectClose(gradient, [[1.5 * p[0] - 0.7, 1.5 * p[1] - 0.6, 1.5 * p[2] - 0.2]], 1e-15);
  });
});
