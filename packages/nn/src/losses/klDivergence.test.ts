import { log, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { pairsOfDistributions } from '../../test/distributions.ts';
import { klDivergence } from './klDivergence.ts';
import { klDivergenceWithLogProbabilities } from './klDivergenceWithLogProbabilities.ts';

test('by hand, in both directions', () => {
  const [p, q] = [double([0.5, 0.5]), double([0.25, 0.75])];
  expectClose(klDivergence({ of: p, from: q, base: 2 }), 0.5 + 0.5 * Math.log2(2 / 3), 1e-15);
  expectClose(klDivergence({ of: q, from: p, base: 2 }), 0.75 * Math.log2(3) - 1, 1e-15);
  expectClose(klDivergence({ of: double([0, 1]), from: double([0.9, 0.1]), base: 10 }), 1, 1e-15);
});

test('is never negative, and 0 of a distribution from itself', () => {
  fc.assert(
    fc.property(pairsOfDistributions, ([of, from]) => {
      expect(klDivergence({ of, from }).shape).toEqual(of.shape.slice(0, -1));
      for (const value of klDivergence({ of, from }).toFlatArray()) expect(value).toBeGreaterThanOrEqual(-1e-13);
      for (const value of klDivergence({ of, from: of }).toFlatArray()) expect(value).toBe(0);
    }),
  );
});

test('is the sum of the loss, in value and gradient', () => {
  const [of, from] = [double([[0.7, 0.2, 0.1]]), double([[0.2, 0.6, 0.2]])];
  const loss = (p: typeof of, q: typeof of) => klDivergenceWithLogProbabilities(log(q), p, { reduction: 'sum' });
  expectClose(loss(of, from), klDivergence({ of, from }).item(), 1e-15);
  const wanted = gradientTensors((p, q) => klDivergence({ of: p, from: q }), [of, from]);
  gradientTensors(loss, [of, from]).forEach((gradient, at) => {
    expectClose(gradient, wanted[at], 1e-15);
  });
});

test('pulls by ln(p/q) + 1 and -p/q; where p is 0 not at all', () => {
  const loss = (of: ReturnType<typeof double>, from: typeof of) => klDivergence({ of, from });
  const [byP, byQ] = gradientTensors(loss, [
    [0.25, 0.75, 0, 0],
    [0.5, 0.25, 0.25, 0],
  ]);
  expectClose(byP, [1 - Math.LN2, 1 + Math.log(3), 0, 0], 1e-15);
  expectClose(byQ, [-0.5, -3, 0, 0], 1e-15);
});

test('has the derivatives of its formula', () => {
  checkDerivatives(
    (of, from) => klDivergence({ of, from, base: 10 }),
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
  expectClose(klDivergence({ of: heads, from: heads }), 0, 0);
  expectClose(klDivergence({ of: heads, from: tails }), Infinity, 0);
  expectClose(klDivergence({ of: heads, from: tensor([0.5, 0.5], { dtype }) }), Math.LN2, 1e-7);
  expect(klDivergence({ of: zeros([0, 2], { dtype }), from: zeros([0, 2], { dtype }) }).shape).toEqual([0]);
});

test('refuses what is no distribution', () => {
  expect(
    messagesOf({
      logits: () => klDivergence({ of: [1, 0], from: [3, -3] }),
      'log-probabilities': () => klDivergence({ of: [-0.5, -1], from: [0.5, 0.5] }),
      'two shapes': () => klDivergence({ of: [1, 0], from: [[0.5, 0.5]] }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "log-probabilities": "ValueError: klDivergence: row 0 of \`of\` holds -0.5; wanted probabilities, at least 0, that sum to 1 along the last axis. Logits become probabilities by \`softmax\`, log-probabilities by \`exp\`, counts by dividing by their sum.",
      "logits": "ValueError: klDivergence: row 0 of \`from\` holds -3; wanted probabilities, at least 0, that sum to 1 along the last axis. Logits become probabilities by \`softmax\`, log-probabilities by \`exp\`, counts by dividing by their sum.",
      "two shapes": "ShapeError: klDivergence: of is [2], from is [1, 2]; wanted one shape for both. Reshape one of them, for example \`reshape(from, [2])\`; broadcasting would compare every pair.",
    }
  `);
});
