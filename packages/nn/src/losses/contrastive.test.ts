import type { Tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { double, uniform } from '../../../core/test/numbers.ts';
import { rowsOf } from '../../test/angles.ts';
import { contrastiveLoss } from './contrastive.ts';

const first = uniform([5, 3], { seed: 1 });
const second = uniform([5, 3], { seed: 2 });
const target = [1, 0, 0, 1, 0];

test('is d²/2 for the same kind, max(0, margin - d)²/2 for two that differ', () => {
  const [a, b] = [rowsOf(double(first)), rowsOf(double(second))];
  for (const margin of [0.5, 1, 3]) {
    const wanted = a.map((row, n) => {
      const d = Math.hypot(...row.map((number, i) => number - b[n][i]));
      return target[n] === 1 ? d ** 2 / 2 : Math.max(0, margin - d) ** 2 / 2;
    });
    expectClose(
      contrastiveLoss(double(first), double(second), double(target), { margin, reduction: 'none' }),
      wanted,
      1e-14,
    );
  }
});

test('pulls and pushes along the line between the two', () => {
  const loss = (a: Tensor, b: Tensor): Tensor => contrastiveLoss(a, b, double([1, 0, 0]), { reduction: 'sum' });
  const [byFirst, bySecond] = gradientTensors(loss, [
    [
      [3, 4],
      [0.3, 0.4],
      [3, 4],
    ],
    [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
  ]);
  expectClose(
    byFirst,
    [
      [3, 4],
      [-0.3, -0.4],
      [0, 0],
    ],
    1e-15,
  );
  expectClose(
    bySecond,
    [
      [-3, -4],
      [0.3, 0.4],
      [0, 0],
    ],
    1e-15,
  );
});

test('two that differ and are equal are pushed nowhere', () => {
  const loss = (a: Tensor, b: Tensor): Tensor => contrastiveLoss(a, b, double([0]));
  expectClose(loss(double([[1, 2]]), double([[1, 2]])), 0.5, 0);
  expectClose(gradientTensors(loss, [[[1, 2]], [[1, 2]]])[0], [[0, 0]], 0);
});

test('has the derivatives of its formula', () => {
  const options = { margin: 3, exampleWeight: [1, 2, 0.5, 1, 3] };
  checkDerivatives((a, b) => contrastiveLoss(a, b, double(target), options), [first, second]);
});

test('refuses what does not fit', () => {
  const messages = messagesOf({
    answer: () => contrastiveLoss([[1]], [[2]], [-1]),
    margin: () => contrastiveLoss([[1]], [[2]], [1], { margin: Number.NaN }),
    shapes: () => contrastiveLoss([[1]], [[2, 3]], [1]),
  });
  expect(messages.answer).toContain(
    'contrastiveLoss: target[0] is -1; wanted 1 or 0. Give 1 for two of the same kind, 0 for two that differ.',
  );
  expect(messages.margin).toContain('contrastiveLoss: margin is NaN');
  expect(messages.shapes).toContain('contrastiveLoss: first is [1, 1], second is [1, 2]');
});
