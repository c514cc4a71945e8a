import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { expectRates } from '../../test/rates.ts';
import { exponentialDecay } from './exponentialDecay.ts';

test('is multiplied by the same at each step', () => {
  let rate = 0.1;
  const wanted = Array.from({ length: 20 }, () => {
    const now = rate;
    rate *= 0.9;
    return now;
  });
  expectRates(exponentialDecay({ base: 0.1, gamma: 0.9 }), wanted);
});

test('stays level with 1, and is over after the first step with 0', () => {
  expectRates(exponentialDecay({ base: 0.1, gamma: 1 }), [0.1, 0.1, 0.1]);
  expectRates(exponentialDecay({ base: 0.1, gamma: 0 }), [0.1, 0, 0]);
});

test('refuses options out of range', () => {
  expect(
    messagesOf({
      'a base below 0': () => exponentialDecay({ base: -1, gamma: 0.9 }),
      'a factor of NaN': () => exponentialDecay({ base: 0.1, gamma: Number.NaN }),
      'a step below 0': () => exponentialDecay({ base: 0.1, gamma: 0.9 })(-2),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a base below 0": "ValueError: exponentialDecay: base is -1; wanted a number of at least 0. Choose another base.",
      "a factor of NaN": "ValueError: exponentialDecay: gamma is NaN; wanted a number of at least 0. Choose another gamma.",
      "a step below 0": "ValueError: exponentialDecay: step is -2; wanted a number of at least 0. Choose another step.",
    }
  `);
});
