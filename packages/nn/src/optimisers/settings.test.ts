import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { checkNotNegative, checkSetting, definedOf } from './settings.ts';

test('checks pass what lies in the range, and name what does not', () => {
  expect(() => checkSetting('SGD', 'momentum', 0.5, true, 'a number')).not.toThrow();
  expect(() => checkNotNegative('SGD', { momentum: 0, dampening: Infinity })).not.toThrow();
  expect(
    messagesOf({
      'one number': () => checkSetting('SGD', 'momentum', 2, false, 'a number below 1'),
      'the second of three': () => checkNotNegative('Adam', { epsilon: 0, weightDecay: Number.NaN, rate: -1 }),
    }),
  ).toEqual({
    'one number': 'ValueError: SGD: momentum is 2; wanted a number below 1. Choose another momentum.',
    'the second of three':
      'ValueError: Adam: weightDecay is NaN; wanted a number of at least 0. Choose another weightDecay.',
  });
});

test('what is undefined is as if it were not given', () => {
  expect(definedOf({ momentum: undefined, nesterov: false, dampening: 0 })).toEqual({ nesterov: false, dampening: 0 });
});
