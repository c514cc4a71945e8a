import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { expectRates } from '../../test/rates.ts';
import { multiStepDecay } from './multiStepDecay.ts';

test('goes down a stair at each milestone', () => {
  expectRates(
    multiStepDecay({ base: 1, milestones: [2, 3, 6], gamma: 0.5 }),
    [1, 1, 0.5, 0.25, 0.25, 0.25, 0.125, 0.125],
  );
  expectRates(multiStepDecay({ base: 2, milestones: [1] }), [2, 0.2, 0.2]);
});

test('stays level without milestones, and begins lower with one at 0', () => {
  expectRates(multiStepDecay({ base: 0.1, milestones: [] }), [0.1, 0.1]);
  expectRates(multiStepDecay({ base: 0.1, milestones: [0], gamma: 0.5 }), [0.05, 0.05]);
});

test('keeps to the milestones it was given, whatever becomes of the list', () => {
  const milestones = [1, 2];
  const schedule = multiStepDecay({ base: 1, milestones, gamma: 0.5 });
  milestones.length = 0;
  expectRates(schedule, [1, 0.5, 0.25]);
});

test('refuses options out of range', () => {
  expect(
    messagesOf({
      'a base of NaN': () => multiStepDecay({ base: Number.NaN, milestones: [1] }),
      'a factor below 0': () => multiStepDecay({ base: 0.1, milestones: [1], gamma: -1 }),
      'milestones that fall': () => multiStepDecay({ base: 0.1, milestones: [2, 1] }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a base of NaN": "ValueError: multiStepDecay: base is NaN; wanted a number of at least 0. Choose another base.",
      "a factor below 0": "ValueError: multiStepDecay: gamma is -1; wanted a number of at least 0. Choose another gamma.",
      "milestones that fall": "ValueError: multiStepDecay: milestones[1] is 1; wanted a number above the one before, 2. Choose another milestones[1].",
    }
  `);
});
