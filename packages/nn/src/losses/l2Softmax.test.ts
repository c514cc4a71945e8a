import { type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes } from '../../../core/test/numbers.ts';
import { features, labels, lossesByAngle, rowsOf, weight } from '../../test/angles.ts';
import { l2SoftmaxLoss } from './l2Softmax.ts';

const wanted = (scale: number): number[] =>
  lossesByAngle(features, weight, labels, (angle, { w }) => scale * w * Math.cos(angle));

test.each(dataTypes)('is -ln softmax(W·α·x/‖x‖), in %s', (dtype) => {
  const [x, w] = [features, weight].map((of) => tensor(of.toNdarray(), { dtype }));
  for (const scale of [16, 2]) {
    const losses = l2SoftmaxLoss(x, w, labels, { scale, reduction: 'none' });
    expectClose(losses, wanted(scale), dtype === 'float64' ? 1e-12 : 1e-4);
  }
  const mean = wanted(16).reduce((total, loss) => total + loss / 4, 0);
  expectClose(l2SoftmaxLoss(x, w, labels), mean, dtype === 'float64' ? 1e-12 : 1e-4);
});

test('adds a bias', () => {
  const bias = [0.5, -1, 2];
  const [loss] = lossesByAngle(
    features,
    weight,
    labels,
    (() => {
      let at = 0;
      return (angle, { w }) => 3 * w * Math.cos(angle) + bias[at++ % 3];
    })(),
  );
  const got = l2SoftmaxLoss(features, weight, labels, { scale: 3, bias, reduction: 'none' });
  expectClose(got, [loss, ...(got.toList() as number[]).slice(1)], 1e-12);
});

test('has the derivatives of its formula; that by the features is at a right angle to them', () => {
  const loss = (x: Tensor, w: Tensor): Tensor => l2SoftmaxLoss(x, w, labels, { scale: 2 });
  checkDerivatives(loss, [features.toNdarray(), weight.toNdarray()]);
  const [byFeatures] = gradientTensors(loss, [features, weight]).map(rowsOf);
  rowsOf(features).forEach((x, n) => {
    expect(x.reduce((dot, number, i) => dot + number * byFeatures[n][i], 0)).toBeCloseTo(0, 14);
  });
});

test('refuses what does not fit', () => {
  const messages = messagesOf({
    scale: () => l2SoftmaxLoss(features, weight, labels, { scale: -1 }),
    features: () => l2SoftmaxLoss(features, features, [0, 1, 2, 9]),
    rank: () => l2SoftmaxLoss([1, 2], [[1, 2]], [0]),
  });
  expect(messages.scale).toContain('l2SoftmaxLoss: scale is -1');
  expect(messages.features).toContain('target[3] is 9, with 4 classes');
  expect(messages.rank).toContain(
    'l2SoftmaxLoss: features are [2], weight is [1, 2]; wanted features [batch, features]',
  );
});
