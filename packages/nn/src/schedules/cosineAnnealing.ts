import { checkOptions, checkSurplus, cosine, type OptionNames } from '@tapegrad/core/authors';
import { checkNotNegative, checkSetting } from '../optimisers/settings.ts';
import { type Schedule, scheduleOf } from './schedule.ts';

export interface CosineAnnealingOptions {
  /** The learning rate to begin with. */
  readonly base: number;
  /** After how many steps the rate is at its minimum. */
  readonly period: number;
  /** The lowest rate. Default: 0. */
  readonly minimum?: number;
}

const cosineAnnealingOptions: OptionNames<CosineAnnealingOptions> = {
  base: 'required',
  period: 'required',
  minimum: 'optional',
};

/**
 * minimum + (base - minimum)·(1 + cos(π·step / period)) / 2: slow at first, slow at last. Past the period the rate rises
 * again, the way it came, and so on. As CosineAnnealingLR in PyTorch.
 *
 * Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.
 *
 * @throws ValueError when base or minimum is below 0, or period is not above 0
 *
 * @example
 * const schedule = cosineAnnealing({ base: 0.1, period: 100 });
 * schedule(50) // 0.05
 */
export function cosineAnnealing(options: CosineAnnealingOptions, ...surplus: []): Schedule {
  checkSurplus('cosineAnnealing', surplus);
  const { base, period, minimum = 0 } = checkOptions('cosineAnnealing', options, cosineAnnealingOptions);
  checkNotNegative('cosineAnnealing', { base, minimum });
  checkSetting('cosineAnnealing', 'period', period, period > 0, 'a number above 0');
  return scheduleOf('cosineAnnealing', (step) => {
    return minimum + ((base - minimum) * (1 + cosine((Math.PI * step) / period))) / 2;
  });
}
