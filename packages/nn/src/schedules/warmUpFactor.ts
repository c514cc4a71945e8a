import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkSetting } from '../optimisers/settings.ts';
import { type Schedule, scheduleOf } from './schedule.ts';

export interface WarmUpFactorOptions {
  /** The number of steps until the factor is 1: the last of them has it. */
  readonly steps: number;
}

const warmUpFactorOptions: OptionNames<WarmUpFactorOptions> = { steps: 'required' };

/**
 * min(1, (step + 1) / steps): a factor for any learning rate, whose first step is not lost to a rate of 0. As LambdaLR in
 * PyTorch with that function.
 *
 * @throws ValueError when steps is not above 0
 *
 * @example
 * const [factor, decay] = [warmUpFactor({ steps: 100 }), exponentialDecay({ base: 0.1, gamma: 0.999 })];
 * factor(49) * decay(49) // 0.0476
 */
export function warmUpFactor(options: WarmUpFactorOptions, ...surplus: []): Schedule {
  checkSurplus('warmUpFactor', surplus);
  const { steps } = checkOptions('warmUpFactor', options, warmUpFactorOptions);
  checkSetting('warmUpFactor', 'steps', steps, steps > 0, 'a number above 0');
  return scheduleOf('warmUpFactor', (step) => Math.min(1, (step + 1) / steps));
}
