import { type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { features, labels, lossesByAngle, weight } from '../../test/angles.ts';
import { additiveMarginSoftmaxLoss } from './additiveMarginSoftmax.ts';

const wanted = (margin: number, scale: number): number[] =>
  lossesByAngle(features, weight, labels, (angle, _, isRight) => scale * (Math.cos(angle) - (isRight ? margin : 0)));

test.each(dataTypes)('is -ln softmax of s·(cos θ - m), in %s', (dtype) => {
  const [x, w] = [features, weight].map((of) => tensor(of.toNdarray(), { dtype }));
  for (const [margin, scale] of [
    [0.35, 30],
    [0.1, 4],
    [0, 1],
  ]) {
    const losses = additiveMarginSoftmaxLoss(x, w, labels, { margin, scale, reduction: 'none' });
    expectClose(losses, wanted(margin, scale), dtype === 'float64' ? 1e-12 : 1e-4);
  }
  const mean = wanted(0.35, 30).reduce((total, loss) => total + loss / 4, 0);
  expectClose(additiveMarginSoftmaxLoss(x, w, labels), mean, dtype === 'float64' ? 1e-12 : 1e-4);
});

test('by hand: at right angles to a wrong class, with its own direction', () => {
  // z = [s·(1 - m), 0]
  const loss = additiveMarginSoftmaxLoss(
    double([[3, 0]]),
    double([
      [2, 0],
      [0, 7],
    ]),
    [0],
    { margin: 0.5, scale: 2 },
  );
  expectClose(loss, Math.log(1 + Math.exp(-1)), 1e-15);
});

test('does not mind how long features and weights are', () => {
  const doubled = tensor(
    features.toFlatArray().map((number: number) => 2 * number),
    { shape: features.shape },
  );
  expectClose(
    additiveMarginSoftmaxLoss(doubled, weight, labels),
    additiveMarginSoftmaxLoss(features, weight, labels),
    1e-12,
  );
});

test('has the derivatives of its formula', () => {
  const loss = (x: Tensor, w: Tensor): Tensor => additiveMarginSoftmaxLoss(x, w, labels, { scale: 3, margin: 0.2 });
  checkDerivatives(loss, [features.toNdarray(), weight.toNdarray()]);
});

test('leaves rows out, and weighs classes and examples', () => {
  const each = wanted(0.35, 30);
  const options = { ignoreIndex: 0, classWeight: [1, 2, 3], exampleWeight: [1, 1, 1, 0.5] };
  const loss = additiveMarginSoftmaxLoss(features, weight, labels, options);
  expectClose(loss, (3 * each[0] + 2 * each[2] + 1.5 * each[3]) / 6.5, 1e-12);
});

test('of features of zeros is finite', () => {
  const loss = (x: Tensor): Tensor => additiveMarginSoftmaxLoss(x, weight, [1]);
  expect(Number.isFinite(loss(double([[0, 0, 0, 0, 0]])).item())).toBe(true);
});

test('refuses what does not fit', () => {
  const messages = messagesOf({
    features: () => additiveMarginSoftmaxLoss(features, [[1, 2]], labels),
    margin: () => additiveMarginSoftmaxLoss(features, weight, labels, { margin: -0.1 }),
    scale: () => additiveMarginSoftmaxLoss(features, weight, labels, { scale: 0 }),
    class: () => additiveMarginSoftmaxLoss(features, weight, [0, 1, 2, 3]),
    shape: () => additiveMarginSoftmaxLoss(features, weight, [0, 1]),
  });
  expect(messages.features).toMatch(
    /^DataTypeError|ShapeError: additiveMarginSoftmaxLoss: features are \[4, 5\], weight is \[1, 2\]/,
  );
  expect(messages.margin).toContain('additiveMarginSoftmaxLoss: margin is -0.1; wanted a number from 0 to 2.');
  expect(messages.scale).toContain('scale is 0; wanted a finite number greater than 0.');
  expect(messages.class).toContain('additiveMarginSoftmaxLoss: target[3] is 3, with 3 classes');
  expect(messages.shape).toContain(
    'additiveMarginSoftmaxLoss: logits are [4, 3], target is [2]; wanted class indices [4]',
  );
});
