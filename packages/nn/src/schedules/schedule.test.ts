import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { checkedMilestones, passedBy, scheduleOf } from './schedule.ts';

test('a schedule is its formula, from step 0 on, also between the steps', () => {
  const schedule = scheduleOf('halves', (step) => 1 - step / 2);
  expect([0, 0.5, 1, 100].map(schedule)).toEqual([1, 0.75, 0.5, -49]);
});

test('steps before the first are refused', () => {
  const schedule = scheduleOf('halves', (step) => step / 2);
  expect(
    messagesOf({
      'step -1': () => schedule(-1),
      'step NaN': () => schedule(Number.NaN),
      'step Infinity': () => schedule(Infinity),
    }),
  ).toMatchInlineSnapshot(`
    {
      "step -1": "ValueError: halves: step is -1; wanted a number of at least 0. Choose another step.",
      "step Infinity": "ValueError: halves: step is Infinity; wanted a number of at least 0. Choose another step.",
      "step NaN": "ValueError: halves: step is NaN; wanted a number of at least 0. Choose another step.",
    }
  `);
});

test('milestones must rise', () => {
  const check = (milestones: readonly number[]) => () => checkedMilestones('stairs', milestones);
  for (const milestones of [[], [0], [0.5, 1, 7]]) expect(check(milestones)).not.toThrow();
  expect(
    messagesOf({
      'below 0': check([-1, 3]),
      NaN: check([3, Number.NaN]),
      'twice the same': check([3, 3]),
      falling: check([3, 5, 4]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "NaN": "ValueError: stairs: milestones[1] is NaN; wanted a number above the one before, 3. Choose another milestones[1].",
      "below 0": "ValueError: stairs: milestones[0] is -1; wanted a number of at least 0. Choose another milestones[0].",
      "falling": "ValueError: stairs: milestones[2] is 4; wanted a number above the one before, 5. Choose another milestones[2].",
      "twice the same": "ValueError: stairs: milestones[1] is 3; wanted a number above the one before, 3. Choose another milestones[1].",
    }
  `);
});

test('milestones are passed when they are reached', () => {
  const milestones = checkedMilestones('stairs', [0, 2.5, 3]);
  expect([0, 2, 2.5, 3, 100].map((step) => passedBy(step, milestones))).toEqual([1, 1, 2, 3, 3]);
});
