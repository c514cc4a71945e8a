import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkNotNegative, checkSetting } from '../optimisers/settings.ts';
import { type Schedule, scheduleOf } from './schedule.ts';

export interface LinearWarmUpOptions {
  /** The learning rate that the factors multiply. */
  readonly base: number;
  /** How many steps the way from the first factor to the last one takes. Default: 5. */
  readonly steps?: number;
  /** Default: ⅓. */
  readonly startFactor?: number;
  /** Default: 1. */
  readonly endFactor?: number;
}

const linearWarmUpOptions: OptionNames<LinearWarmUpOptions> = {
  base: 'required',
  steps: 'optional',
  startFactor: 'optional',
  endFactor: 'optional',
};

/**
 * base·(startFactor + (endFactor - startFactor)·min(1, step / steps)): up in a straight line, or down, then level. Small
 * steps first, while the running means of an optimiser and of batch normalisation know nothing yet. As LinearLR in
 * PyTorch. With another schedule behind it, see `joined`.
 *
 * @throws ValueError when base or a factor is below 0, or steps is not above 0
 *
 * @example
 * const schedule = linearWarmUp({ base: 0.1, steps: 500 });
 * schedule(249) // 0.0665
 */
export function linearWarmUp(options: LinearWarmUpOptions, ...surplus: []): Schedule {
  checkSurplus('linearWarmUp', surplus);
  const {
    base,
    steps = 5,
    startFactor = 1 / 3,
    endFactor = 1,
  } = checkOptions('linearWarmUp', options, linearWarmUpOptions);
  checkNotNegative('linearWarmUp', { base, startFactor, endFactor });
  checkSetting('linearWarmUp', 'steps', steps, steps > 0, 'a number above 0');
  return scheduleOf('linearWarmUp', (step) => {
    return base * (startFactor + (endFactor - startFactor) * Math.min(1, step / steps));
  });
}
