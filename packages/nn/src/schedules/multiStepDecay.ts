import { checkOptions, checkSurplus, type OptionNames, power } from '@tapegrad/core/authors';
import { checkNotNegative } from '../optimisers/settings.ts';
import { checkedMilestones, passedBy, type Schedule, scheduleOf } from './schedule.ts';

export interface MultiStepDecayOptions {
  /** The learning rate to begin with. */
  readonly base: number;
  /** The steps from which on the rate is lower, in order. */
  readonly milestones: readonly number[];
  /** What the rate is multiplied by at each milestone. Default: 0.1. */
  readonly gamma?: number;
}

const multiStepDecayOptions: OptionNames<MultiStepDecayOptions> = {
  base: 'required',
  milestones: 'required list',
  gamma: 'optional',
};

/**
 * base·gammaⁿ, where n is the number of milestones up to and including the step: a staircase whose stairs are as long as
 * one likes. As MultiStepLR in PyTorch.
 *
 * @throws ValueError when base or gamma is below 0, or the milestones do not rise
 *
 * @example
 * const schedule = multiStepDecay({ base: 0.1, milestones: [80, 120] });
 * schedule(100) // 0.01
 */
export function multiStepDecay(options: MultiStepDecayOptions, ...surplus: []): Schedule {
  checkSurplus('multiStepDecay', surplus);
  const { base, milestones, gamma = 0.1 } = checkOptions('multiStepDecay', options, multiStepDecayOptions);
  checkNotNegative('multiStepDecay', { base, gamma });
  const own = checkedMilestones('multiStepDecay', milestones);
  return scheduleOf('multiStepDecay', (step) => base * power(gamma, passedBy(step, own)));
}
