import { type Random, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkSamples, countOf, type Samples, select } from './select.ts';

/** How {@link splitSamples} parts a dataset. */
export interface SplitSamplesOptions {
  /** How much to hold back: a share below 1, or a whole number of samples from 1 on. 0 holds nothing back. */
  readonly validation: number;
  /** Whether each class has the same share in both parts. Default: true where there are labels. */
  readonly stratified?: boolean;
  /** Draws who is held back. */
  readonly random: Random;
}

const splitOptions: OptionNames<SplitSamplesOptions> = {
  validation: 'required',
  stratified: 'optional',
  random: 'required',
};

/**
 * Parts samples at random into those to learn from and those to choose by. Every sample is in exactly one part, and both
 * keep the order in which the samples were stored.
 *
 * With n samples, v of them are held back: validation · n, rounded, or `validation` itself. Stratified, class c gives
 * v · n_c / n of its n_c samples, rounded down, and those that are still missing come one each from the classes with the
 * largest remainders (the lowest number among equals): no class is more than one sample away from its share.
 *
 * @example
 * const { train: all } = builtInDigits({ train: 100, test: 1 });
 * splitSamples(all, { validation: 0.2, random: new Random(1) }).validation.labels.size // 20
 * @throws ValueError when `validation` is out of range, or there are no labels to stratify by
 */
export function splitSamples<Data extends Samples>(
  samples: Data,
  options: SplitSamplesOptions,
  ...surplus: []
): { train: Data; validation: Data } {
  checkSurplus('splitSamples', surplus);
  const { random } = checkOptions('splitSamples', options, splitOptions);
  checkSamples('splitSamples', samples);
  const count = countOf(samples);
  const held = heldBack(options.validation, count);
  const data: Samples = samples;
  const labels = 'labels' in data ? data.labels : undefined;
  const { stratified = labels !== undefined } = options;
  if (stratified && !labels) {
    throw new ValueError({
      operation: 'splitSamples',
      got: `no labels in ${samples.name}`,
      wanted: 'labels to stratify by',
      remedy: 'Pass stratified: false',
    });
  }
  const order = random.permutation(count);
  const left = stratified && labels ? sharesOf(labels.get.bind(labels), count, held) : undefined;
  const isHeld = new Uint8Array(count);
  if (!left) for (const index of order.subarray(0, held)) isHeld[index] = 1;
  else {
    for (const index of order) {
      const label = labels?.get(index) ?? 0;
      if (left[label]-- > 0) isHeld[index] = 1;
    }
  }
  const indices = (part: number): Uint32Array =>
    Uint32Array.from({ length: count }, (_, index) => index).filter((index) => isHeld[index] === part);
  const part = (indicesOfPart: Uint32Array, name: string): Data => ({
    ...select(samples, indicesOfPart),
    name: `${samples.name}, ${name}`,
  });
  return { train: part(indices(0), 'training part'), validation: part(indices(1), 'validation part') };
}

function heldBack(validation: number, count: number): number {
  const held = validation < 1 ? Math.round(validation * count) : validation;
  if (validation >= 0 && Number.isSafeInteger(held) && held <= count) return held;
  throw new ValueError({
    operation: 'splitSamples',
    got: `validation is ${validation}`,
    wanted: `a share from 0 to below 1, or a whole number of the ${count} samples`,
    remedy: 'Pass 0.1 to hold back a tenth',
  });
}

/** How many samples each of the 256 possible labels gives, by largest remainder; in whole numbers, so that none is lost. */
function sharesOf(labelOf: (index: number) => number, count: number, held: number): Float64Array {
  const sizes = new Float64Array(256);
  for (let index = 0; index < count; index++) sizes[labelOf(index)]++;
  const shares = sizes.map((size) => Math.floor((size * held) / Math.max(1, count)));
  const remainders = Array.from(sizes, (size, label) => ({ label, rest: (size * held) % Math.max(1, count) }));
  remainders.sort((one, other) => other.rest - one.rest || one.label - other.label);
  const missing = held - shares.reduce((sum, share) => sum + share, 0);
  for (const { label } of remainders.slice(0, missing)) shares[label]++;
  return shares;
}
