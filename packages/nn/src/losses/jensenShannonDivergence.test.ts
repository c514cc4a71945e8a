import { softmax, tensor, zeros } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { pairsOfDistributions } from '../../test/distributions.ts';
import { jensenShannonDivergence } from './jensenShannonDivergence.ts';

test('by hand', () => {
  const [p, q] = [double([0.5, 0.5]), double([0, 1])];
  const wanted = 0.5 * (0.5 * Math.log2(2) + 0.5 * Math.log2(2 / 3)) + 0.5 * Math.log2(4 / 3);
  expectClose(jensenShannonDivergence(p, q, { base: 2 }), wanted, 1e-15);
  expectClose(jensenShannonDivergence(q, p, { base: 2 }), wanted, 1e-15);
});

test('is symmetric, at least 0 and at most ln 2', () => {
  fc.assert(
    fc.property(pairsOfDistributions, ([p, q]) => {
      expectClose(jensenShannonDivergence(p, q), jensenShannonDivergence(q, p), 1e-15);
      expectClose(jensenShannonDivergence(p, p), zeros(p.shape.slice(0, -1), { dtype: 'float64' }), 1e-15);
      for (const value of jensenShannonDivergence(p, q).toFlatArray()) {
        expect(value).toBeGreaterThanOrEqual(-1e-15);
        expect(value).toBeLessThanOrEqual(Math.LN2 + 1e-15);
      }
    }),
  );
});

test('pulls by ln(p/m)/2; where p is 0 not at all', () => {
  const [byP, byQ] = gradientTensors(
    (p, q) => jensenShannonDivergence(p, q),
    [
      [0.75, 0.25, 0, 0],
      [0.25, 0.25, 0.5, 0],
    ],
  );
  expectClose(byP, [Math.log(1.5) / 2, 0, 0, 0], 1e-15);
  expectClose(byQ, [Math.log(0.5) / 2, 0, Math.LN2 / 2, 0], 1e-15);
});

test('has the derivatives of its formula', () => {
  const point = [
    [
      [0.7, 0.2, 0.1],
      [0.1, 0.8, 0.1],
    ],
    [
      [0.2, 0.6, 0.2],
      [0.3, 0.3, 0.4],
    ],
  ];
  checkDerivatives((p, q) => jensenShannonDivergence(p, q), point);
  checkDerivatives((x, y) => jensenShannonDivergence(softmax(x), softmax(y), { base: 2 }), point);
});

test.each(dataTypes)('at the ends of the line, in %s', (dtype) => {
  const [heads, tails] = [tensor([1, 0], { dtype }), tensor([0, 1], { dtype })];
  expectClose(jensenShannonDivergence(heads, tails), Math.LN2, 1e-7);
  expectClose(jensenShannonDivergence(heads, tails, { base: 2 }), 1, 0);
  expect(jensenShannonDivergence(zeros([0, 2], { dtype }), zeros([0, 2], { dtype })).shape).toEqual([0]);
});

test('refuses what is no distribution', () => {
  expect(
    messagesOf({
      counts: () => jensenShannonDivergence([2, 3], [0.5, 0.5]),
      'another base': () => jensenShannonDivergence([1], [1], { base: 'two' as 'e' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "another base": "ValueError: jensenShannonDivergence: base is "two"; wanted 'e', 2 or 10. Leave it out for 'e', the natural logarithm.",
      "counts": "ValueError: jensenShannonDivergence: row 0 of \`p\` sums to 5; wanted probabilities, at least 0, that sum to 1 along the last axis. Logits become probabilities by \`softmax\`, log-probabilities by \`exp\`, counts by dividing by their sum.",
    }
  `);
});
