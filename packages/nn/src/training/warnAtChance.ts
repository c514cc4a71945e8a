import { ValueError, warn } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { Callback } from './fit.ts';

export interface AtChanceOptions {
  /** How many classes there are. A model that knows nothing has the loss ln classes. */
  readonly classes: number;
  /** How many steps a model may take to learn something. Default: 200. */
  readonly after?: number;
}

const atChanceOptions: OptionNames<AtChanceOptions> = { classes: 'required', after: 'optional' };

/** How near to ln classes the mean loss counts as chance, as a share of it. */
const nearness = 0.02;

/**
 * A callback for `fit` that warns, once, when the mean cross-entropy of the last `after` steps is still that of guessing,
 * ln classes. Code: LOSS_AT_CHANCE.
 *
 * @example Object.keys(warnAtChance({ classes: 10 })) // ["onStep"]
 * @throws ValueError when classes is not at least 2, or after not at least 1
 */
export function warnAtChance(options: AtChanceOptions, ...surplus: []): Callback {
  checkSurplus('warnAtChance', surplus);
  const { classes, after = 200 } = checkOptions('warnAtChance', options, atChanceOptions);
  if (!(classes >= 2 && after >= 1)) {
    throw new ValueError({
      operation: 'warnAtChance',
      got: `classes is ${classes}, after is ${after}`,
      wanted: 'at least 2 classes and at least 1 step',
      remedy: 'Give the number of classes of the model',
    });
  }
  const chance = Math.log(classes);
  let total = 0;
  let count = 0;
  return {
    onStep({ loss, step }) {
      total += loss;
      count++;
      if (count < after) return;
      const mean = total / count;
      if (Math.abs(mean - chance) <= nearness * chance) {
        warn({
          code: 'LOSS_AT_CHANCE',
          operation: 'fit',
          message: `after ${step} steps the mean loss of the last ${count} is ${mean.toFixed(4)}, that of guessing among ${classes} classes is ${chance.toFixed(4)}. Check that labels belong to their images, and try another learning rate.`,
        });
      }
      total = 0;
      count = 0;
    },
  };
}
