import { checkSetting } from '../optimisers/settings.ts';

/**
 * The learning rate at a step, the first one being step 0. What counts as a step is up to the caller: an update or an
 * epoch.
 *
 * @example
 * const schedule = cosineAnnealing({ base: 0.1, period: 100 });
 * for (let step = 0; step < 100; step++) {
 *   optimiser.learningRate = schedule(step);
 *   // … a step of the optimiser
 * }
 */
export type Schedule = (step: number) => number;

/** A schedule from its formula, which may rely on a step of at least 0; others are a ValueError. */
export function scheduleOf(operation: string, formula: Schedule): Schedule {
  return (step) => {
    checkSetting(operation, 'step', step, step >= 0 && step < Infinity, 'a number of at least 0');
    return formula(step);
  };
}

/** A copy of milestones, checked to be numbers of at least 0 in order; others are a ValueError. */
export function checkedMilestones(operation: string, milestones: readonly number[]): readonly number[] {
  for (const [index, milestone] of milestones.entries()) {
    const isFirst = index === 0;
    const isLater = isFirst ? milestone >= 0 : milestone > milestones[index - 1];
    const wanted = isFirst ? 'a number of at least 0' : `a number above the one before, ${milestones[index - 1]}`;
    checkSetting(operation, `milestones[${index}]`, milestone, isLater, wanted);
  }
  return [...milestones];
}

/** How many milestones there are up to a step, that step included. */
export function passedBy(step: number, milestones: readonly number[]): number {
  return milestones.filter((milestone) => milestone <= step).length;
}
