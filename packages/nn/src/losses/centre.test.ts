import type { Tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { double } from '../../../core/test/numbers.ts';
import { weight as centres, features, labels, rowsOf } from '../../test/angles.ts';
import { centreLoss } from './centre.ts';

const [x, c] = [rowsOf(features), rowsOf(centres)];
const wanted = x.map((row, n) => row.reduce((total, number, i) => total + (number - c[labels[n]][i]) ** 2, 0) / 2);

test('is half the squared distance to the centre of the class', () => {
  expectClose(centreLoss(features, centres, labels, { reduction: 'none' }), wanted, 1e-14);
  expectClose(
    centreLoss(features, centres, labels),
    wanted.reduce((total, one) => total + one / 4, 0),
    1e-14,
  );
});

test('draws features to their centre, and a centre to its features', () => {
  const loss = (x: Tensor, c: Tensor): Tensor => centreLoss(x, c, [1, 1], { reduction: 'sum' });
  const [byFeatures, byCentres] = gradientTensors(loss, [
    [
      [1, 2],
      [3, 4],
    ],
    [
      [9, 9],
      [1, 1],
      [8, 8],
    ],
  ]);
  expectClose(
    byFeatures,
    [
      [0, 1],
      [2, 3],
    ],
    0,
  );
  expectClose(
    byCentres,
    [
      [0, 0],
      [-2, -4],
      [0, 0],
    ],
    0,
  );
  checkDerivatives((x, c) => centreLoss(x, c, labels), [features.toNdarray(), centres.toNdarray()]);
});

test('leaves rows out, and weighs examples', () => {
  const options = { ignoreIndex: 0, exampleWeight: [1, 7, 2, 0] };
  expectClose(centreLoss(features, centres, labels, options), (wanted[0] + 2 * wanted[2]) / 3, 1e-14);
});

test('refuses what does not fit', () => {
  const messages = messagesOf({
    features: () => centreLoss(features, double([[1, 2]]), labels),
    class: () => centreLoss(features, centres, [0, 1, 2, 3]),
    count: () => centreLoss(features, centres, [0]),
  });
  expect(messages.features).toContain(
    'centreLoss: features are [4, 5], centres are [1, 2]; wanted [batch, features] and [classes, features]',
  );
  expect(messages.class).toContain('centreLoss: target[3] is 3, with 3 classes');
  expect(messages.count).toContain(
    'centreLoss: distances to the centres are [4, 3], target is [1]; wanted class indices [4]',
  );
});
