import { ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { Callback } from './fit.ts';
import { Monitor, type MonitorOptions, monitorOptions } from './monitor.ts';

export interface EarlyStoppingOptions extends MonitorOptions {
  /** How many epochs without a better one are allowed: at least 1. */
  readonly patience: number;
}

const earlyStoppingOptions: OptionNames<EarlyStoppingOptions> = { patience: 'required', ...monitorOptions };

/**
 * A callback for `fit` that ends the training once as many epochs as `patience` says have passed without a better one.
 *
 * @throws ValueError when patience is not a whole number of at least 1, or an option is out of range; and from `fit`, when
 * there is no metric of that name
 * @example
 * const callbacks = [earlyStopping({ monitor: 'accuracy', goal: 'largest', patience: 3 })];
 */
export function earlyStopping(options: EarlyStoppingOptions, ...surplus: []): Callback {
  checkSurplus('earlyStopping', surplus);
  const { patience, ...rest } = checkOptions('earlyStopping', options, earlyStoppingOptions);
  if (!Number.isSafeInteger(patience) || patience < 1) {
    throw new ValueError({
      operation: 'earlyStopping',
      got: `patience is ${patience}`,
      wanted: 'a whole number of epochs, at least 1',
      remedy: 'Usual values are 2 to 10',
    });
  }
  const monitor = new Monitor('earlyStopping', rest);
  let worse = 0;
  return {
    onStart: (run) => monitor.start(run),
    onEpochEnd(report) {
      worse = monitor.isBetter(report) ? 0 : worse + 1;
      return worse >= patience ? 'stop' : undefined;
    },
  };
}
