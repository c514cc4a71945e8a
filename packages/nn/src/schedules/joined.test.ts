import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { expectRates } from '../../test/rates.ts';
import { cosineAnnealing } from './cosineAnnealing.ts';
import { joined } from './joined.ts';
import { linearWarmUp } from './linearWarmUp.ts';

test('lets each schedule count its own steps', () => {
  const count = (step: number): number => step;
  expectRates(joined([count, count, count], { milestones: [3, 5] }), [0, 1, 2, 0, 1, 0, 1, 2, 3]);
});

test('warms up, then anneals', () => {
  const warmUp = linearWarmUp({ base: 1, steps: 2, startFactor: 0 });
  expectRates(joined([warmUp, cosineAnnealing({ base: 1, period: 2 })], { milestones: [2] }), [0, 0.5, 1, 0.5, 0, 0.5]);
});

test('may be one schedule, or pass the first one over', () => {
  const count = (step: number): number => step;
  expectRates(joined([count], { milestones: [] }), [0, 1, 2]);
  expectRates(joined([() => 7, count], { milestones: [0] }), [0, 1, 2]);
});

test('refuses milestones that do not fit', () => {
  const rate = (): number => 1;
  expect(
    messagesOf({
      'no schedule': () => joined([], { milestones: [] }),
      'too many milestones': () => joined([rate, rate], { milestones: [1, 2] }),
      'too few': () => joined([rate, rate], { milestones: [] }),
      'falling ones': () => joined([rate, rate, rate], { milestones: [2, 1] }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "falling ones": "ValueError: joined: milestones[1] is 1; wanted a number above the one before, 2. Choose another milestones[1].",
      "no schedule": "ValueError: joined: 0 schedules and 0 milestones; wanted one milestone between each two schedules. Say at which step each schedule but the first begins.",
      "too few": "ValueError: joined: 2 schedules and 0 milestones; wanted one milestone between each two schedules. Say at which step each schedule but the first begins.",
      "too many milestones": "ValueError: joined: 2 schedules and 2 milestones; wanted one milestone between each two schedules. Say at which step each schedule but the first begins.",
    }
  `);
});
