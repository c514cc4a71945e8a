import type { Tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { double, uniform } from '../../../core/test/numbers.ts';
import { type TripletMarginOptions, tripletMarginLoss } from './tripletMargin.ts';

const anchor = [
  [1, 2, -1],
  [0.5, -1, 2],
  [3, 0, 1],
];
const positive = [
  [2, 1, 0.5],
  [-1, 1, 1],
  [0.5, 2, -1],
];
const negative = [
  [0, -1, 1],
  [1, -1, 1.5],
  [2, 1, 1],
];
const triplet = [anchor, positive, negative];

test('gives the numbers and gradients of PyTorch', () => {
  const loss = (...of: Tensor[]): Tensor => tripletMarginLoss(of[0], of[1], of[2], { margin: 1.5, reduction: 'none' });
  expectClose(loss(...triplet.map(double)), [0, 3.4854758080744723, 3.8607043175277376], 1e-14);
  const [byAnchor, byPositive, byNegative] = gradientTensors(loss, triplet);
  expectClose(
    byAnchor,
    [
      [0, 0, 0],
      [1.2641917144728336, -0.7427823443046706, -0.33571717326645845],
      [-0.04484116104093949, 0.17729348910931386, 0.5298124076759908],
    ],
    1e-14,
  );
  expectClose(
    byPositive,
    [
      [0, 0, 0],
      [-0.55708634750197, 0.7427809300911082, -0.3713910221315302],
      [-0.6622663272518589, 0.5298125849699221, -0.529813114782772],
    ],
    1e-14,
  );
  expectClose(
    byNegative,
    [
      [0, 0, 0],
      [-0.7071053669708638, 1.4142135623688524e-6, 0.7071081953979886],
      [0.7071074882927983, -0.707106074079236, 7.071067811860172e-7],
    ],
    1e-14,
  );
});

test('gives the numbers and gradients of PyTorch, of absolute differences with the nearer side', () => {
  const options: TripletMarginOptions = { margin: 2, p: 1, swap: true, reduction: 'none' };
  const loss = (...of: Tensor[]): Tensor => tripletMarginLoss(of[0], of[1], of[2], options);
  expectClose(loss(...triplet.map(double)), [0.9999979999999997, 5.5, 6.5], 1e-14);
  const [byAnchor, byPositive, byNegative] = gradientTensors(loss, triplet);
  expectClose(
    byAnchor,
    [
      [-1, 1, -1],
      [2, -2, 0],
      [0, 0, 0],
    ],
    1e-14,
  );
  expectClose(
    byPositive,
    [
      [0, -2, 2],
      [-1, 1, -1],
      [-1, 1, -1],
    ],
    1e-14,
  );
  expectClose(
    byNegative,
    [
      [1, 1, -1],
      [-1, 1, 1],
      [1, -1, 1],
    ],
    1e-14,
  );
});

test('two that are equal have a slope', () => {
  const loss = (...of: Tensor[]): Tensor => tripletMarginLoss(of[0], of[1], of[2]);
  const gradients = gradientTensors(loss, [[[1, 2]], [[1, 2]], [[1, 2]]]);
  expectClose(loss(double([[1, 2]]), double([[1, 2]]), double([[1, 2]])), 1, 1e-15);
  expect(gradients.every((gradient) => gradient.toFlatArray().every(Number.isFinite))).toBe(true);
});

test.each<TripletMarginOptions>([
  {},
  { swap: true, margin: 3 },
  { p: 1, reduction: 'none', exampleWeight: [1, 0.5, 2] },
])('has the derivatives of its formula, with %o', (options) => {
  const point = [1, 2, 3].map((seed) => uniform([3, 4], { seed }));
  checkDerivatives((a, p, n) => tripletMarginLoss(a, p, n, options), point);
});

test('refuses what does not fit', () => {
  const messages = messagesOf({
    shapes: () => tripletMarginLoss([[1, 2]], [[1, 2]], [[1, 2, 3]]),
    margin: () => tripletMarginLoss(anchor, positive, negative, { margin: -1 }),
    norm: () => tripletMarginLoss(anchor, positive, negative, { p: 3 as 2 }),
  });
  expect(messages.shapes).toContain(
    'tripletMarginLoss: anchor is [1, 2], positive is [1, 2], negative is [1, 3]; wanted',
  );
  expect(messages.margin).toContain('margin is -1; wanted a finite number of at least 0');
  expect(messages.norm).toContain('tripletMarginLoss: p is 3; wanted 1 or 2');
});
