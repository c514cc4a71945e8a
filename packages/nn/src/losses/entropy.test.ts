import { softmax, type Tensor, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { pairsOfDistributions } from '../../test/distributions.ts';
import { entropy } from './entropy.ts';

test('by hand', () => {
  expectClose(entropy(double([0.5, 0.5]), { base: 2 }), 1, 1e-15);
  expectClose(entropy(double([0.5, 0.25, 0.125, 0.125]), { base: 2 }), 1.75, 1e-15);
  expectClose(
    entropy(
      double([
        [0.5, 0.5],
        [1, 0],
      ]),
    ),
    [Math.LN2, 0],
    1e-15,
  );
  expectClose(entropy(double(new Array(10).fill(0.1)), { base: 10 }), 1, 1e-15);
});

test('lies between 0 and ln n', () => {
  fc.assert(
    fc.property(pairsOfDistributions, ([p]) => {
      expect(entropy(p).shape).toEqual(p.shape.slice(0, -1));
      for (const value of entropy(p).toFlatArray()) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(Math.log(p.shape[p.rank - 1]) + 1e-14);
      }
    }),
  );
});

test('pulls by -(ln p + 1), and not at all at 0', () => {
  expectClose(gradientTensors((p) => entropy(p), [[0.5, 0.5, 0]])[0], [Math.LN2 - 1, Math.LN2 - 1, 0], 1e-15);
  const bits = (p: Tensor) => entropy(p, { base: 2 });
  expectClose(gradientTensors(bits, [[0.5, 0.5]])[0], [1 - 1 / Math.LN2, 1 - 1 / Math.LN2], 1e-15);
});

test('has the derivatives of its formula', () => {
  checkDerivatives(
    (p) => entropy(p),
    [
      [
        [0.7, 0.2, 0.1],
        [0.2, 0.6, 0.2],
      ],
    ],
  );
  checkDerivatives((logits) => entropy(softmax(logits), { base: 10 }), [[0.5, -1, 2]]);
});

test.each(dataTypes)('at the ends of the line, in %s', (dtype) => {
  expectClose(entropy(tensor([0, 1, 0], { dtype })), 0, 0);
  expectClose(entropy(tensor([1e-40, 1], { dtype })), 0, 1e-30);
  expect(entropy(zeros([0, 3], { dtype })).shape).toEqual([0]);
});

test('refuses what is no distribution', () => {
  expect(messagesOf({ logits: () => entropy([3, 1, -3]) })).toMatchInlineSnapshot(`
    {
      "logits": "ValueError: entropy: row 0 of \`p\` holds -3; wanted probabilities, at least 0, that sum to 1 along the last axis. Logits become probabilities by \`softmax\`, log-probabilities by \`exp\`, counts by dividing by their sum.",
    }
  `);
});
