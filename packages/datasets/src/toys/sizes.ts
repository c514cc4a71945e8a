import { Random, ValueError } from '@tapegrad/core';
import type { OptionNames } from '@tapegrad/core/authors';

/** How a toy set is drawn. */
export interface ToyOptions {
  /** How many samples. Default: 200. */
  readonly count?: number;
  /** The standard deviation of the normal noise on each number. Default: see the set. */
  readonly noise?: number;
  /** The share of samples that are spoilt, from 0 to 1: exactly that share of them, rounded. Default: 0. */
  readonly outliers?: number;
  /** The stream of random numbers to draw with, or a seed for one. Default: seed 1. */
  readonly random?: Random;
  readonly seed?: number;
}

export const toyOptions: OptionNames<ToyOptions> = {
  count: 'optional',
  noise: 'optional',
  outliers: 'optional',
  random: 'optional',
  seed: 'optional',
};

/**
 * The options with their defaults, and which samples are to be spoilt.
 *
 * @throws ValueError when a number is out of its range
 */
export function toyPlan(operation: string, options: ToyOptions, defaultNoise: number) {
  const { count = 200, noise = defaultNoise, outliers = 0, seed = 1, random = new Random(seed) } = options;
  const check = (name: string, value: number, isRight: boolean, wanted: string): void => {
    if (isRight) return;
    throw new ValueError({
      operation,
      got: `${name} is ${value}`,
      wanted,
      remedy: `Leave ${name} out for its default`,
    });
  };
  check(
    'count',
    count,
    Number.isSafeInteger(count) && count >= 0 && count <= 1e7,
    'a whole number from 0 to 10,000,000',
  );
  check('noise', noise, Number.isFinite(noise) && noise >= 0, 'a finite number of at least 0');
  check('outliers', outliers, outliers >= 0 && outliers <= 1, 'a share from 0 to 1');
  const isOutlier = new Array<boolean>(count).fill(false);
  for (const index of random.permutation(count).subarray(0, Math.round(outliers * count))) isOutlier[index] = true;
  return { count, noise, random, isOutlier };
}
