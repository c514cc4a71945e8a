import { divide, type Tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose, expectSame } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { double, uniform } from '../../../core/test/numbers.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';
import { softmaxCrossEntropyWithTemperature } from './softmaxCrossEntropyWithTemperature.ts';

const logits = [
  [3, 1, -3],
  [0.5, 0, 1],
];

/** The definition, row by row. */
function byHand(rows: readonly (readonly number[])[], target: readonly number[], temperature: number): number[] {
  return rows.map((row, n) => {
    const total = row.reduce((sum, logit) => sum + Math.exp(logit / temperature), 0);
    return Math.log(total) - row[target[n]] / temperature;
  });
}

test('is -ln softmax(logits / T)', () => {
  for (const temperature of [0.25, 1, 4]) {
    const options = { temperature, reduction: 'none' } as const;
    expectClose(
      softmaxCrossEntropyWithTemperature(double(logits), [0, 2], options),
      byHand(logits, [0, 2], temperature),
      1e-14,
    );
  }
  expectSame(softmaxCrossEntropyWithTemperature(double(logits), [0, 2]), softmaxCrossEntropy(double(logits), [0, 2]));
});

test('pulls by (p - y) / T', () => {
  const loss = (x: Tensor): Tensor => softmaxCrossEntropyWithTemperature(x, [0], { temperature: 2 });
  const [[e, f]] = [[Math.exp(1), Math.exp(0)]];
  const [gradient] = gradientsOf(loss, [[[2, 0]]]);
  expectClose(double(gradient), [[(e / (e + f) - 1) / 2, f / (e + f) / 2]], 1e-15);
  checkDerivatives(loss, [uniform([1, 3])]);
});

test('takes distributions and the options of softmaxCrossEntropy', () => {
  const options = { weight: [1, 2, 3], labelSmoothing: 0.1 };
  const target = double([
    [0.2, 0.3, 0.5],
    [1, 0, 0],
  ]);
  expectSame(
    softmaxCrossEntropyWithTemperature(double(logits), target, { temperature: 3, ...options }),
    softmaxCrossEntropy(divide(double(logits), 3), target, options),
  );
});

test('refuses a temperature that is none', () => {
  const messages = messagesOf({
    zero: () => softmaxCrossEntropyWithTemperature(logits, [0, 1], { temperature: 0 }),
    class: () => softmaxCrossEntropyWithTemperature(logits, [0, 3]),
  });
  expect(messages.zero).toBe(
    'ValueError: softmaxCrossEntropyWithTemperature: temperature is 0; wanted a finite number greater than 0. Leave it out for the default.',
  );
  expect(messages.class).toContain('target[1] is 3, with 3 classes');
});
