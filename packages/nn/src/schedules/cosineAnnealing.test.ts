import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { between } from '../../test/between.ts';
import { expectRates } from '../../test/rates.ts';
import { cosineAnnealing } from './cosineAnnealing.ts';

/** The rates as PyTorch steps from one to the next, which knows no step's rate but the last one's. */
function recursion(base: number, period: number, minimum: number, steps: number): number[] {
  const rates = [base];
  for (let step = 1; step <= steps; step++) {
    const last = rates[step - 1];
    const atMinimum = (step - 1 - period) % (2 * period) === 0;
    rates.push(
      atMinimum
        ? last + ((base - minimum) * (1 - Math.cos(Math.PI / period))) / 2
        : minimum +
            ((1 + Math.cos((Math.PI * step) / period)) / (1 + Math.cos((Math.PI * (step - 1)) / period))) *
              (last - minimum),
    );
  }
  return rates;
}

test('is half a wave down, and half a wave up again', () => {
  const [high, low] = [0.5 + Math.SQRT1_2 / 2, 0.5 - Math.SQRT1_2 / 2];
  const wave = [1, high, 0.5, low, 0, low, 0.5, high, 1, high];
  expectRates(cosineAnnealing({ base: 1, period: 4 }), wave);
  expectRates(
    cosineAnnealing({ base: 1.5, period: 4, minimum: 0.5 }),
    wave.map((rate) => rate + 0.5),
  );
});

test('agrees with the recursion, past the period too', () => {
  fc.assert(
    fc.property(between(0, 1), fc.integer({ min: 1, max: 9 }), between(0, 1), (base, period, minimum) => {
      const schedule = cosineAnnealing({ base, period, minimum });
      recursion(base, period, minimum, 25).forEach((rate, step) => {
        expect(schedule(step)).toBeCloseTo(rate, 9);
      });
    }),
  );
});

test('is at its minimum to the bit, where the period ends', () => {
  for (const period of [1, 3, 7, 100]) {
    expect(cosineAnnealing({ base: 0.1, period })(period)).toBe(0);
    expect(cosineAnnealing({ base: 0.1, period, minimum: 0.01 })(period)).toBe(0.01);
  }
});

test('refuses options out of range', () => {
  expect(
    messagesOf({
      'a base below 0': () => cosineAnnealing({ base: -1, period: 10 }),
      'a minimum below 0': () => cosineAnnealing({ base: 1, period: 10, minimum: -0.1 }),
      'a period of 0': () => cosineAnnealing({ base: 1, period: 0 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a base below 0": "ValueError: cosineAnnealing: base is -1; wanted a number of at least 0. Choose another base.",
      "a minimum below 0": "ValueError: cosineAnnealing: minimum is -0.1; wanted a number of at least 0. Choose another minimum.",
      "a period of 0": "ValueError: cosineAnnealing: period is 0; wanted a number above 0. Choose another period.",
    }
  `);
});
