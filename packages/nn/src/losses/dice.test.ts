import { type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double, uniform } from '../../../core/test/numbers.ts';
import { type DiceOptions, diceLoss } from './dice.ts';

const p = tensor(uniform([2, 3, 4], { low: 0, high: 1 }));
const t = tensor(
  Float64Array.from({ length: 24 }, (_, at) => ((at * 5) % 3 === 0 ? 1 : 0)),
  { shape: [2, 3, 4] },
);

/** The definition, for losses over `size` numbers each. */
function byHand(size: number, { smooth = 1, squared = false }: DiceOptions): number[] {
  const [a, b] = [p.toFlatArray(), t.toFlatArray()];
  return Array.from({ length: 24 / size }, (_, n) => {
    let [both, below] = [0, 0];
    for (let at = n * size; at < (n + 1) * size; at++) {
      both += a[at] * b[at];
      below += squared ? a[at] ** 2 + b[at] ** 2 : a[at] + b[at];
    }
    return 1 - (2 * both + smooth) / (below + smooth);
  });
}

test.each(dataTypes)('is 1 - 2·overlap / both, for each example, in %s', (dtype) => {
  const [x, y] = [p, t].map((of) => tensor(of.toNdarray(), { dtype }));
  const tolerance = dtype === 'float64' ? 1e-14 : 1e-6;
  for (const options of [{}, { smooth: 0 }, { squared: true, smooth: 0.5 }]) {
    expectClose(diceLoss(x, y, { ...options, reduction: 'none' }), byHand(12, options), tolerance);
  }
  const each = diceLoss(x, y, { axes: 2, reduction: 'none' });
  expectClose(each, tensor(Float64Array.from(byHand(4, {})), { shape: [2, 3] }), tolerance);
  const [first, second] = byHand(12, {});
  expectClose(diceLoss(x, y), (first + second) / 2, tolerance);
  expectClose(diceLoss(x, y, { exampleWeight: [3, 1] }), (3 * first + second) / 4, tolerance);
});

test('the same mask costs nothing, another one everything, nothing over nothing is perfect', () => {
  expectClose(diceLoss(t, t), 0, 1e-15);
  expectClose(diceLoss([[1, 0]], [[0, 1]], { smooth: 0 }), 1, 0);
  expectClose(diceLoss([[0, 0]], [[0, 0]]), 0, 0);
});

test('has the gradient (I - 2·t·U) / U²', () => {
  const [gradient] = gradientTensors((x) => diceLoss(x, double([[1, 0]])), [[[0.5, 0.25]]]);
  const [i, u] = [2 * 0.5 + 1, 0.75 + 1 + 1];
  expectClose(gradient, [[(i - 2 * u) / u ** 2, i / u ** 2]], 1e-15);
  checkDerivatives(
    (x: Tensor, y: Tensor) => diceLoss(x, y, { squared: true }),
    [p.toNdarray(), uniform([2, 3, 4], { low: 0, seed: 2 })],
  );
});

test('refuses what does not fit', () => {
  const messages = messagesOf({
    shapes: () => diceLoss(p, double([[1]])),
    smooth: () => diceLoss(p, t, { smooth: -1 }),
    axis: () => diceLoss(p, t, { axes: 3 }),
  });
  expect(messages.shapes).toContain('diceLoss: prediction is [2, 3, 4], target is [1, 1]; wanted one shape for both');
  expect(messages.smooth).toContain('diceLoss: smooth is -1; wanted a finite number of at least 0');
  expect(messages.axis).toMatch(/^ShapeError: /);
});
