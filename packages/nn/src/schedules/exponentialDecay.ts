import { checkOptions, checkSurplus, type OptionNames, power } from '@tapegrad/core/authors';
import { checkNotNegative } from '../optimisers/settings.ts';
import { type Schedule, scheduleOf } from './schedule.ts';

export interface ExponentialDecayOptions {
  /** The learning rate to begin with. */
  readonly base: number;
  /** What the rate is multiplied by at each step. */
  readonly gamma: number;
}

const exponentialDecayOptions: OptionNames<ExponentialDecayOptions> = { base: 'required', gamma: 'required' };

/**
 * base·gamma^step. As ExponentialLR in PyTorch.
 *
 * @throws ValueError when base or gamma is below 0
 *
 * @example
 * const schedule = exponentialDecay({ base: 0.1, gamma: 0.95 });
 * schedule(2) // 0.0902
 */
export function exponentialDecay(options: ExponentialDecayOptions, ...surplus: []): Schedule {
  checkSurplus('exponentialDecay', surplus);
  const { base, gamma } = checkOptions('exponentialDecay', options, exponentialDecayOptions);
  checkNotNegative('exponentialDecay', { base, gamma });
  return scheduleOf('exponentialDecay', (step) => base * power(gamma, step));
}
