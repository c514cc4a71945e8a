import { ValueError } from '@tapegrad/core';
import type { StepDescription } from '../description/description.ts';

const mostSteps = 1000;
/**
 * Every rank that a line passes on its way costs about as much as a step: a chain of 900 steps takes 1.1 s of one core, one of
 * 99 steps with one weight, whose lines pass 4,851 ranks, 2.0 s; one of 200 steps, and 19,900 ranks, took 22 s.
 */
const mostPassed = 5000;

/**
 * Throws unless a picture of the steps can be laid out in seconds, and seen.
 *
 * @throws ValueError when there are more than a thousand steps, or lines so long that they pass 5000 ranks together
 */
export function checkSize(steps: readonly StepDescription[]): void {
  if (steps.length > mostSteps) {
    throw new ValueError({
      operation: 'layoutTape',
      got: `a tape of ${steps.length} steps`,
      wanted: `no more than ${mostSteps}`,
      remedy: 'Record one small batch, or look at the tape with `toText`',
    });
  }
  const passed = ranksPassed(steps);
  if (passed <= mostPassed) return;
  throw new ValueError({
    operation: 'layoutTape',
    got: `a tape of ${steps.length} steps whose lines pass ${passed} ranks of the picture on their way`,
    wanted: `no more than ${mostPassed}, as where one weight is used again and again along a chain of about a hundred steps`,
    remedy: 'Unroll it fewer times, or look at the tape with `toText`',
  });
}

/** How many ranks all lines pass together, besides those where they begin and end. */
function ranksPassed(steps: readonly StepDescription[]): number {
  const ranks: number[] = [];
  for (const { index, inputs } of steps)
    ranks[index] = 1 + Math.max(-1, ...Object.values(inputs).map((from) => ranks[from]));
  // A leaf stands right before the first step that uses it.
  const firstUse = new Map<number, number>();
  for (const { index, inputs } of steps)
    for (const from of Object.values(inputs))
      firstUse.set(from, Math.min(firstUse.get(from) ?? Infinity, ranks[index]));
  let passed = 0;
  for (const { index, inputs } of steps) {
    for (const from of Object.values(inputs)) {
      const isLeaf = Object.keys(steps[from].inputs).length === 0;
      const start = isLeaf ? (firstUse.get(from) as number) - 1 : ranks[from];
      passed += Math.max(0, ranks[index] - start - 1);
    }
  }
  return passed;
}
