import { ValueError } from '@tapegrad/core';

const mostSteps = 1000;
/** Every rank that a line passes on its way costs about as much as a step: 5,000 take some seconds. */
const mostPassed = 5000;

/** @throws ValueError when there are more steps than anybody could see */
export function checkSteps(steps: number): void {
  if (steps <= mostSteps) return;
  throw new ValueError({
    operation: 'layoutTape',
    got: `a tape of ${steps} steps`,
    wanted: `no more than ${mostSteps}`,
    remedy: 'Record one small batch, or look at the tape with `toText`',
  });
}

/** @throws ValueError when the lines that make no detour pass so many ranks that the picture would take minutes */
export function checkPassed(passed: number): void {
  if (passed <= mostPassed) return;
  throw new ValueError({
    operation: 'layoutTape',
    got: `a tape whose lines pass ${passed} ranks of the picture on their way`,
    wanted: `no more than ${mostPassed}, besides lines that can be drawn beside the picture`,
    remedy: 'Record fewer steps, or look at the tape with `toText`',
  });
}
