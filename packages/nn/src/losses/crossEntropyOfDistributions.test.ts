import { add, softmax, subtract, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { pairsOfDistributions } from '../../test/distributions.ts';
import { crossEntropyOfDistributions } from './crossEntropyOfDistributions.ts';
import { entropy } from './entropy.ts';
import { klDivergence } from './klDivergence.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

test('by hand', () => {
  const [of, under] = [double([0.5, 0.5]), double([0.25, 0.75])];
  expectClose(crossEntropyOfDistributions({ of, under, base: 2 }), 0.5 * 2 + 0.5 * Math.log2(4 / 3), 1e-15);
  expectClose(crossEntropyOfDistributions({ of: under, under: of, base: 2 }), 1, 1e-15);
  expectClose(crossEntropyOfDistributions({ of: double([0, 1]), under: double([0.9, 0.1]), base: 10 }), 1, 1e-15);
});

test('is entropy and divergence together, and never below the entropy', () => {
  fc.assert(
    fc.property(pairsOfDistributions, ([of, under]) => {
      for (const base of ['e', 2, 10] as const) {
        const both = add(entropy(of, { base }), klDivergence({ of, from: under, base }));
        expectClose(crossEntropyOfDistributions({ of, under, base }), both, 1e-12);
        const excess = subtract(crossEntropyOfDistributions({ of, under, base }), entropy(of, { base }));
        for (const value of excess.toFlatArray()) expect(value).toBeGreaterThanOrEqual(-1e-12);
      }
    }),
  );
});

test('is what the softmax cross-entropy computes from logits', () => {
  const [logits, of] = [double([[3, 1, -3]]), double([[0.2, 0.3, 0.5]])];
  expectClose(
    crossEntropyOfDistributions({ of, under: softmax(logits) }),
    softmaxCrossEntropy(logits, of, { reduction: 'none' }),
    1e-14,
  );
});

test('pulls by -p/q and -ln q; where p is 0 not at all', () => {
  const loss = (of: Parameters<typeof crossEntropyOfDistributions>[0]['of'], under: typeof of) =>
    crossEntropyOfDistributions({ of, under });
  const [byP, byQ] = gradientTensors(loss, [
    [0.25, 0.75, 0],
    [0.5, 0.5, 0],
  ]);
  expectClose(byP, [Math.LN2, Math.LN2, 0], 1e-15);
  expectClose(byQ, [-0.5, -1.5, 0], 1e-15);
});

test('has the derivatives of its formula', () => {
  checkDerivatives(
    (of, under) => crossEntropyOfDistributions({ of, under, base: 2 }),
    [
      [
        [0.7, 0.2, 0.1],
        [0.1, 0.8, 0.1],
      ],
      [
        [0.2, 0.6, 0.2],
        [0.3, 0.3, 0.4],
      ],
    ],
  );
});

test.each(dataTypes)('at the ends of the line, in %s', (dtype) => {
  const [heads, tails] = [tensor([1, 0], { dtype }), tensor([0, 1], { dtype })];
  expectClose(crossEntropyOfDistributions({ of: heads, under: heads }), 0, 0);
  expectClose(crossEntropyOfDistributions({ of: heads, under: tails }), Infinity, 0);
  expect(crossEntropyOfDistributions({ of: zeros([0, 2], { dtype }), under: zeros([0, 2], { dtype }) }).shape).toEqual([
    0,
  ]);
});

test('refuses what is no distribution', () => {
  expect(
    messagesOf({
      logits: () => crossEntropyOfDistributions({ of: [1, 0], under: [3, -3] }),
      'class indices': () =>
        crossEntropyOfDistributions({
          of: [2, 0],
          under: [
            [0.2, 0.5, 0.3],
            [0.2, 0.5, 0.3],
          ],
        }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "class indices": "ShapeError: crossEntropyOfDistributions: of is [2], under is [2, 3]; wanted one shape for both. Give as many numbers for the one as for the other; here nothing is broadcast.",
      "logits": "ValueError: crossEntropyOfDistributions: row 0 of \`under\` holds -3; wanted probabilities, at least 0, that sum to 1 along the last axis. Logits become probabilities by \`softmax\`, log-probabilities by \`exp\`, counts by dividing by their sum.",
    }
  `);
});
