import { type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { features, labels, lossesByAngle, weight } from '../../test/angles.ts';
import { largeMarginSoftmaxLoss } from './largeMarginSoftmax.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

/** ψ by its definition. */
function psi(angle: number, m: number): number {
  const k = Math.min(m - 1, Math.floor((angle * m) / Math.PI));
  return (-1) ** k * Math.cos(m * angle) - 2 * k;
}

const wanted = (margin: number, annealing: number): number[] =>
  lossesByAngle(features, weight, labels, (angle, { x, w }, isRight) => {
    const bent = isRight ? (annealing * Math.cos(angle) + psi(angle, margin)) / (1 + annealing) : Math.cos(angle);
    return x * w * bent;
  });

describe.each(dataTypes)('in %s', (dtype) => {
  const [x, w] = [features, weight].map((of) => tensor(of.toNdarray(), { dtype }));
  test.each([1, 2, 3, 4, 8])('is -ln softmax with ψ for the right class, m = %i', (margin) => {
    for (const annealing of [0, 2.5]) {
      const losses = largeMarginSoftmaxLoss(x, w, labels, { margin, annealing, reduction: 'none' });
      expectClose(losses, wanted(margin, annealing), dtype === 'float64' ? 1e-11 : 1e-3);
    }
  });
});

test('with a margin of 1 is the softmax cross-entropy of a layer without bias', () => {
  const logits = lossesByAngle(features, weight, labels, (angle, { x, w }) => x * w * Math.cos(angle));
  const plain = largeMarginSoftmaxLoss(features, weight, labels, { margin: 1, reduction: 'none' });
  expectClose(plain, logits, 1e-13);
  expectClose(
    softmaxCrossEntropy(double([[2, 0]]), [0]),
    largeMarginSoftmaxLoss(
      double([[2, 0]]),
      double([
        [1, 0],
        [0, 1],
      ]),
      [0],
      { margin: 1 },
    ),
    1e-14,
  );
});

test('ψ falls all the way: the further the angle, the larger the loss', () => {
  const lossAt = (angle: number): number =>
    largeMarginSoftmaxLoss(
      double([[Math.cos(angle), Math.sin(angle)]]),
      double([
        [1, 0],
        [0, 0],
      ]),
      [0],
      { margin: 3 },
    ).item();
  const losses = Array.from({ length: 60 }, (_, step) => lossAt((step * Math.PI) / 60));
  expect(losses.every((loss, at) => at === 0 || loss > losses[at - 1])).toBe(true);
});

test.each([2, 3, 4])('has the derivatives of its formula, m = %i', (margin) => {
  const loss = (x: Tensor, w: Tensor): Tensor => largeMarginSoftmaxLoss(x, w, labels, { margin, annealing: 0.5 });
  checkDerivatives(loss, [features.toNdarray(), weight.toNdarray()]);
});

test('refuses what does not fit', () => {
  const messages = messagesOf({
    margin: () => largeMarginSoftmaxLoss(features, weight, labels, { margin: 1.5 }),
    annealing: () => largeMarginSoftmaxLoss(features, weight, labels, { annealing: -1 }),
    class: () => largeMarginSoftmaxLoss(features, weight, [0, 1, 2, 3]),
  });
  expect(messages.margin).toContain(
    'largeMarginSoftmaxLoss: margin is 1.5, annealing is 0; wanted a whole margin from 1 to 8',
  );
  expect(messages.annealing).toContain('annealing is -1');
  expect(messages.class).toContain('largeMarginSoftmaxLoss: target[3] is 3, with 3 classes');
});
