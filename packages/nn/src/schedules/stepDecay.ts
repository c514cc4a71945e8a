import { checkOptions, checkSurplus, type OptionNames, power } from '@tapegrad/core/authors';
import { checkNotNegative, checkSetting } from '../optimisers/settings.ts';
import { type Schedule, scheduleOf } from './schedule.ts';

export interface StepDecayOptions {
  /** The learning rate to begin with. */
  readonly base: number;
  /** How many steps one stair is long. */
  readonly size: number;
  /** What the rate is multiplied by at each stair. Default: 0.1. */
  readonly gamma?: number;
}

const stepDecayOptions: OptionNames<StepDecayOptions> = { base: 'required', size: 'required', gamma: 'optional' };

/**
 * base·gamma^⌊step / size⌋: a staircase. As StepLR in PyTorch.
 *
 * @throws ValueError when base or gamma is below 0, or size is not above 0
 *
 * @example
 * const schedule = stepDecay({ base: 0.1, size: 30 });
 * schedule(30) // 0.01
 */
export function stepDecay(options: StepDecayOptions, ...surplus: []): Schedule {
  checkSurplus('stepDecay', surplus);
  const { base, size, gamma = 0.1 } = checkOptions('stepDecay', options, stepDecayOptions);
  checkNotNegative('stepDecay', { base, gamma });
  checkSetting('stepDecay', 'size', size, size > 0, 'a number above 0');
  return scheduleOf('stepDecay', (step) => base * power(gamma, Math.floor(step / size)));
}
