import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { expectRates } from '../../test/rates.ts';
import { linearWarmUp } from './linearWarmUp.ts';

test('rises in a straight line, then stays', () => {
  expectRates(linearWarmUp({ base: 2, steps: 4, startFactor: 0 }), [0, 0.5, 1, 1.5, 2, 2, 2]);
  expectRates(linearWarmUp({ base: 3 }), [1, 1.4, 1.8, 2.2, 2.6, 3, 3]);
});

test('falls where the last factor is the lower one', () => {
  expectRates(linearWarmUp({ base: 1, steps: 2, startFactor: 1, endFactor: 0.5 }), [1, 0.75, 0.5, 0.5]);
});

test('may be over after one step', () => {
  expectRates(linearWarmUp({ base: 1, steps: 1, startFactor: 0.25 }), [0.25, 1, 1]);
});

test('refuses options out of range', () => {
  expect(
    messagesOf({
      'a base below 0': () => linearWarmUp({ base: -1 }),
      'a start below 0': () => linearWarmUp({ base: 1, startFactor: -0.1 }),
      'an end of NaN': () => linearWarmUp({ base: 1, endFactor: Number.NaN }),
      'no steps': () => linearWarmUp({ base: 1, steps: 0 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a base below 0": "ValueError: linearWarmUp: base is -1; wanted a number of at least 0. Choose another base.",
      "a start below 0": "ValueError: linearWarmUp: startFactor is -0.1; wanted a number of at least 0. Choose another startFactor.",
      "an end of NaN": "ValueError: linearWarmUp: endFactor is NaN; wanted a number of at least 0. Choose another endFactor.",
      "no steps": "ValueError: linearWarmUp: steps is 0; wanted a number above 0. Choose another steps.",
    }
  `);
});
