import { type Random, ValueError } from '@tapegrad/core';
import {
  allocate,
  checkNumberList,
  checkOptions,
  checkSurplus,
  logarithm,
  type OptionNames,
} from '@tapegrad/core/authors';
import { checkSamples } from './count.ts';
import { labelsOf, noLabels } from './labels.ts';

export interface WeightedOptions {
  readonly random: Random;
  /** How many samples are drawn. Default: as many as there are weights. */
  readonly count?: number;
  /** Whether a sample may be drawn more than once. Default: true. */
  readonly replacement?: boolean;
}

const weightedOptions: OptionNames<WeightedOptions> = {
  random: 'required',
  count: 'optional',
  replacement: 'optional flag',
};

/**
 * Indices drawn by weight, for `batches(dataset, { indices })`: with replacement each is i with probability w_i / Σ w; without, each is
 * drawn so from those that are left.
 *
 * Source: without replacement by the largest u^(1/w), Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006.
 *
 * @example weightedIndices([0, 1, 0], { random: new Random(1), count: 2 }) // [1, 1]
 * @throws ValueError when a weight is below 0 or not finite, all are 0, or `count` is more than there are to draw
 * @throws OutOfMemoryError when no array can hold so many
 */
export function weightedIndices(weights: ArrayLike<number>, options: WeightedOptions, ...surplus: []): Uint32Array {
  checkSurplus('weightedIndices', surplus);
  const given = checkOptions('weightedIndices', options, weightedOptions);
  checkNumberList('weightedIndices', 'weights', weights, 'Give one weight for each sample');
  const { random, count = weights.length, replacement = true } = given;
  const refuse = (got: string, wanted: string, remedy: string) =>
    new ValueError({ operation: 'weightedIndices', got, wanted, remedy });
  const sums = new Float64Array(weights.length);
  let [sum, positive] = [0, 0];
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index];
    if (!Number.isFinite(weight) || weight < 0) {
      throw refuse(
        `weights[${index}] is ${weight}`,
        'finite numbers of at least 0',
        'Give 0 to what is never to be drawn',
      );
    }
    if (weight > 0) positive++;
    sum += weight;
    sums[index] = sum;
  }
  if (!Number.isFinite(sum))
    throw refuse('weights that add up to Infinity', 'a finite sum', 'Divide them all by the largest');
  const most = replacement ? (positive > 0 ? Number.MAX_SAFE_INTEGER : 0) : positive;
  if (!Number.isSafeInteger(count) || count < 0 || count > most) {
    const wanted = `a whole number from 0 to ${most}, for ${positive} samples have a weight`;
    throw refuse(`count is ${count}`, wanted, 'Ask for fewer, or draw with replacement');
  }
  if (replacement) return allocate(Uint32Array, count).map(() => firstAbove(sums, random.uniform() * sum));
  const keys = Array.from(weights, (weight, index) => ({
    index,
    // -ln u / w: the smallest is the largest u^(1/w), and does not round to 1 where w is large.
    key: weight > 0 ? -logarithm(1 - random.uniform()) / weight : Number.POSITIVE_INFINITY,
  }));
  keys.sort((one, other) => one.key - other.key || one.index - other.index);
  return Uint32Array.from(keys.slice(0, count), ({ index }) => index);
}

/** The first index whose sum is above a number, by halving. */
function firstAbove(sums: Float64Array, number: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > number) high = middle;
    else low = middle + 1;
  }
  // Rounding may lead to the end, where weights may be 0.
  while (low > 0 && sums[low] === sums[low - 1]) low--;
  return low;
}

/**
 * A weight for each sample by which all classes are drawn equally often: 1 / (number of samples of its class).
 *
 * @example balancedWeights({ labels: ndarray(Uint8Array.of(0, 0, 1), [3]) }) // [0.5, 0.5, 1]
 * @throws ValueError when there are no labels
 */
export function balancedWeights(dataset: object, ...surplus: []): Float64Array {
  checkSurplus('balancedWeights', surplus);
  checkSamples('balancedWeights', dataset);
  const labels = labelsOf(dataset);
  if (!labels) throw noLabels('balancedWeights', dataset, 'Give a dataset of labelled samples');
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return Float64Array.from(labels, (label) => 1 / (sizes.get(label) ?? 1));
}
