import { full } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { drawn, type Initialiser } from './draw.ts';

export interface NormalOptions {
  /** Default: 0. */
  readonly mean?: number;
  /** The standard deviation. Default: 1. */
  readonly deviation?: number;
}

const normalOptions: OptionNames<NormalOptions> = { mean: 'optional', deviation: 'optional' };

export interface UniformOptions {
  /** Default: 0. */
  readonly low?: number;
  /** Default: 1. */
  readonly high?: number;
}

const uniformOptions: OptionNames<UniformOptions> = { low: 'optional', high: 'optional' };

/**
 * Weights, or a bias, of one number over and over.
 *
 * @example constantInitialiser(0.5)({ shape: [2], random: new Random(1) }) // [0.5, 0.5]
 */
export function constantInitialiser(value: number, ...surplus: []): Initialiser {
  checkSurplus('constantInitialiser', surplus);
  return ({ shape, dtype }) => full(shape, value, { dtype });
}

/**
 * Weights from N(mean, deviation²), whatever their shape. Default: mean 0, deviation 1.
 *
 * @example normalInitialiser({ deviation: 0.01 })({ shape: [2], random: new Random(1) }).shape // [2]
 */
export function normalInitialiser(options: NormalOptions = {}, ...surplus: []): Initialiser {
  checkSurplus('normalInitialiser', surplus);
  const { mean = 0, deviation = 1 } = checkOptions('normalInitialiser', options, normalOptions);
  return (context) => drawn(context, () => context.random.normal(mean, deviation));
}

/**
 * Weights from U(low, high), whatever their shape. Default: from 0 to 1.
 *
 * @example uniformInitialiser({ low: 0, high: 1 })({ shape: [2], random: new Random(1) }).shape // [2]
 */
export function uniformInitialiser(options: UniformOptions = {}, ...surplus: []): Initialiser {
  checkSurplus('uniformInitialiser', surplus);
  const { low = 0, high = 1 } = checkOptions('uniformInitialiser', options, uniformOptions);
  return (context) => drawn(context, () => context.random.uniform(low, high));
}
