import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measure } from './measures.ts';

const plogp = (p: number, q: number): number => (p === 0 ? 0 : p * Math.log(p / q));
const sum = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

describe('two distributions', () => {
  test('are measured as their formulas say', () => {
    const [p, q] = [
      [0.5, 0.25, 0.25],
      [0.25, 0.25, 0.5],
    ];
    const { forward, reverse, jensenShannon } = measure({ p, q, base: 2 });
    expect(forward.value).toBeCloseTo(0.25, 15);
    expect(reverse.value).toBeCloseTo(0.25, 15);
    expect(forward.entropy).toBeCloseTo(1.5, 15);
    expect(forward.crossEntropy).toBeCloseTo(1.75, 15);
    const middle = p.map((one, at) => (one + q[at]) / 2);
    const nats =
      sum(p.map((one, at) => plogp(one, middle[at]))) / 2 + sum(q.map((one, at) => plogp(one, middle[at]))) / 2;
    expect(jensenShannon).toBeCloseTo(nats / Math.LN2, 14);
  });

  test('weights are divided by their sum', () => {
    expect(measure({ p: [1, 3], q: [2, 2], base: 'e' })).toMatchObject({ p: [0.25, 0.75], q: [0.5, 0.5] });
  });

  test.each(['e', 2, 10] as const)('in base %s the terms sum to the divergence, and so does the identity', (base) => {
    const weights = fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 99 })), {
      minLength: 2,
      maxLength: 8,
    });
    fc.assert(
      fc.property(weights, (pairs) => {
        const p = pairs.map(([one], at) => (at === 0 ? one + 1 : one));
        const { forward, reverse } = measure({ p, q: pairs.map(([, other]) => other), base });
        expect(sum(forward.terms)).toBeCloseTo(forward.value, 12);
        expect(forward.difference).toBeCloseTo(forward.value, 12);
        if (Number.isFinite(reverse.value)) expect(sum(reverse.terms)).toBeCloseTo(reverse.value, 12);
      }),
      { numRuns: 40 },
    );
  });

  test('gradients by q and by its logits follow their formulas', () => {
    const [p, q] = [
      [0.7, 0.2, 0.1],
      [0.2, 0.3, 0.5],
    ];
    const { forward, reverse } = measure({ p, q, base: 'e' });
    p.forEach((one, at) => {
      expect(forward.byQ[at]).toBeCloseTo(-one / q[at], 13);
      expect(forward.byLogits[at]).toBeCloseTo(q[at] - one, 14);
      expect(reverse.byQ[at]).toBeCloseTo(Math.log(q[at] / one) + 1, 13);
      expect(reverse.byLogits[at]).toBeCloseTo(q[at] * (Math.log(q[at] / one) - reverse.value), 13);
    });
  });

  test('what is thought impossible and happens costs infinitely much, and only that', () => {
    const { forward, reverse } = measure({ p: [0.5, 0.5], q: [1, 0], base: 'e' });
    expect(forward.value).toBe(Infinity);
    expect(forward.terms[1]).toBe(Infinity);
    expect(reverse.value).toBeCloseTo(Math.LN2, 15);
    expect(reverse.terms).toEqual([expect.closeTo(Math.LN2, 15), 0]);
  });

  test('where a divergence is infinite nothing can be differentiated, and a logit of −∞ has no gradient', () => {
    const none = [Number.NaN, Number.NaN, Number.NaN];
    const impossible = measure({ p: [0.6, 0.4, 0], q: [0.4, 0.3, 0.3], base: 'e' });
    expect(impossible.reverse.value).toBe(Infinity);
    expect([impossible.reverse.byQ, impossible.reverse.byLogits]).toEqual([none, none]);
    expect(impossible.forward.byLogits).toEqual([-0.2, -0.1, 0.3].map((slope) => expect.closeTo(slope, 14)));
    expect(impossible.forward.byQ.map((slope) => slope + 0)).toEqual(
      [-1.5, -4 / 3, 0].map((slope) => expect.closeTo(slope, 14)),
    );

    const never = measure({ p: [0.25, 0.25, 0.5], q: [0.5, 0.5, 0], base: 2 });
    expect([never.forward.byQ, never.forward.byLogits]).toEqual([none, none]);
    expect(never.reverse.byLogits).toEqual([expect.closeTo(0, 14), expect.closeTo(0, 14), Number.NaN]);
    expect(never.reverse.byQ[2]).toBeNaN();
    expect(never.reverse.byQ[0]).toBeCloseTo((Math.log(2) + 1) / Math.LN2, 13);
  });
});
