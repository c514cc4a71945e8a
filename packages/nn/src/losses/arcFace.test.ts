import { type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { features, labels, lossesByAngle, weight } from '../../test/angles.ts';
import { arcFaceLoss } from './arcFace.ts';

const wanted = (margin: number, scale: number): number[] =>
  lossesByAngle(features, weight, labels, (angle, _, isRight) => {
    if (!isRight) return scale * Math.cos(angle);
    const isWithin = angle + margin <= Math.PI;
    return scale * (isWithin ? Math.cos(angle + margin) : Math.cos(angle) - margin * Math.sin(margin));
  });

test.each(dataTypes)('is -ln softmax of s·cos(θ + m), in %s', (dtype) => {
  const [x, w] = [features, weight].map((of) => tensor(of.toNdarray(), { dtype }));
  // With a margin of 2 some angles go beyond π.
  for (const [margin, scale] of [
    [0.5, 64],
    [0.2, 4],
    [2, 3],
    [0, 1],
  ]) {
    const losses = arcFaceLoss(x, w, labels, { margin, scale, reduction: 'none' });
    expectClose(losses, wanted(margin, scale), dtype === 'float64' ? 1e-12 : 1e-4);
  }
  const mean = wanted(0.5, 64).reduce((total, loss) => total + loss / 4, 0);
  expectClose(arcFaceLoss(x, w, labels), mean, dtype === 'float64' ? 1e-12 : 1e-4);
});

test('some angles of the test go beyond π, and some do not', () => {
  const beyond: boolean[] = [];
  lossesByAngle(features, weight, labels, (angle, _, isRight) => {
    if (isRight) beyond.push(angle + 2 > Math.PI);
    return 0;
  });
  expect(new Set(beyond).size).toBe(2);
});

test('has the derivatives of its formula, on both sides of π', () => {
  for (const margin of [0.3, 2]) {
    const loss = (x: Tensor, w: Tensor): Tensor => arcFaceLoss(x, w, labels, { scale: 3, margin });
    checkDerivatives(loss, [features.toNdarray(), weight.toNdarray()]);
  }
});

test('of features along their weight has a finite gradient', () => {
  const loss = (x: Tensor, w: Tensor): Tensor => arcFaceLoss(x, w, [0], { scale: 2 });
  const gradients = gradientTensors(loss, [
    [[3, 0]],
    [
      [2, 0],
      [0, 7],
    ],
  ]);
  for (const gradient of gradients)
    for (const number of gradient.toFlatArray()) expect(number).toEqual(expect.any(Number));
  expect(gradients.every((gradient) => gradient.toFlatArray().every(Number.isFinite))).toBe(true);
  expectClose(
    loss(
      double([[3, 0]]),
      double([
        [2, 0],
        [0, 7],
      ]),
    ),
    Math.log(1 + Math.exp(-2 * Math.cos(0.5))),
    1e-6,
  );
});

test('refuses what does not fit', () => {
  const messages = messagesOf({
    margin: () => arcFaceLoss(features, weight, labels, { margin: 4 }),
    scale: () => arcFaceLoss(features, weight, labels, { scale: Infinity }),
    class: () => arcFaceLoss(features, weight, [0, 1, 2, 3]),
  });
  expect(messages.margin).toContain('arcFaceLoss: margin is 4; wanted a number from 0 to 3.14159');
  expect(messages.scale).toContain('arcFaceLoss: scale is Infinity');
  expect(messages.class).toContain('arcFaceLoss: target[3] is 3, with 3 classes');
});
