import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { expectRates } from '../../test/rates.ts';
import { stepDecay } from './stepDecay.ts';

test('goes down a stair every `size` steps', () => {
  expectRates(stepDecay({ base: 0.1, size: 3, gamma: 0.5 }), [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025]);
  expectRates(stepDecay({ base: 2, size: 1 }), [2, 0.2, 0.02]);
});

test('may be longer than the training, stay level, or end at once', () => {
  expectRates(stepDecay({ base: 0.1, size: 100 }), [0.1, 0.1, 0.1]);
  expectRates(stepDecay({ base: 0.1, size: 1, gamma: 1 }), [0.1, 0.1, 0.1]);
  expectRates(stepDecay({ base: 0.1, size: 2, gamma: 0 }), [0.1, 0.1, 0, 0]);
});

test('refuses options out of range', () => {
  expect(
    messagesOf({
      'a base below 0': () => stepDecay({ base: -0.1, size: 1 }),
      'a factor below 0': () => stepDecay({ base: 0.1, size: 1, gamma: -1 }),
      'stairs of length 0': () => stepDecay({ base: 0.1, size: 0 }),
      'a step below 0': () => stepDecay({ base: 0.1, size: 1 })(-1),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a base below 0": "ValueError: stepDecay: base is -0.1; wanted a number of at least 0. Choose another base.",
      "a factor below 0": "ValueError: stepDecay: gamma is -1; wanted a number of at least 0. Choose another gamma.",
      "a step below 0": "ValueError: stepDecay: step is -1; wanted a number of at least 0. Choose another step.",
      "stairs of length 0": "ValueError: stepDecay: size is 0; wanted a number above 0. Choose another size.",
    }
  `);
});
