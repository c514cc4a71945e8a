import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { expectRates } from '../../test/rates.ts';
import { exponentialDecay } from './exponentialDecay.ts';
import { warmUpFactor } from './warmUpFactor.ts';

test('is 1 from the last of its steps on', () => {
  expectRates(warmUpFactor({ steps: 4 }), [0.25, 0.5, 0.75, 1, 1, 1]);
  expectRates(warmUpFactor({ steps: 1 }), [1, 1]);
});

test('multiplies any schedule', () => {
  const [factor, decay] = [warmUpFactor({ steps: 2 }), exponentialDecay({ base: 1, gamma: 0.5 })];
  expectRates((step) => factor(step) * decay(step), [0.5, 0.5, 0.25, 0.125]);
});

test('refuses to take no steps', () => {
  expect(messagesOf({ 'no steps': () => warmUpFactor({ steps: 0 }) })).toMatchInlineSnapshot(`
    {
      "no steps": "ValueError: warmUpFactor: steps is 0; wanted a number above 0. Choose another steps.",
    }
  `);
});
