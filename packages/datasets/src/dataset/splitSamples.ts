import { type Random, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkSamples, countOf } from './count.ts';
import { labelsOf, noLabels } from './labels.ts';
import { named } from './named.ts';
import { type Selected, select } from './select.ts';

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
  stratified: 'optional flag',
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
export function splitSamples<Data extends object>(
  samples: Data,
  options: SplitSamplesOptions,
  ...surplus: []
): { train: Selected<Data>; validation: Selected<Data> } {
  checkSurplus('splitSamples', surplus);
  const { random } = checkOptions('splitSamples', options, splitOptions);
  checkSamples('splitSamples', samples);
  const count = countOf(samples);
  const held = heldBack(options.validation, count);
  const labels = labelsOf(samples);
  const { stratified = labels !== undefined } = options;
  if (stratified && !labels) throw noLabels('splitSamples', samples);
  const order = random.permutation(count);
  const left = stratified && labels ? sharesOf(labels, held) : undefined;
  const isHeld = new Uint8Array(count);
  if (!left) for (const index of order.subarray(0, held)) isHeld[index] = 1;
  else {
    for (const index of order) {
      const label = labels?.[index] ?? 0;
      const wanted = left.get(label) ?? 0;
      if (wanted > 0) isHeld[index] = 1;
      left.set(label, wanted - 1);
    }
  }
  const indices = (part: number): Uint32Array =>
    Uint32Array.from({ length: count }, (_, index) => index).filter((index) => isHeld[index] === part);
  const part = (number: number, title: string): Selected<Data> =>
    named(select(samples, indices(number)), samples, title);
  return { train: part(0, 'training part'), validation: part(1, 'validation part') };
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

/** How many samples each label gives, by largest remainder; in whole numbers, so that none is lost. */
function sharesOf(labels: Int32Array, held: number): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const count = Math.max(1, labels.length);
  const shares = new Map(Array.from(sizes, ([label, size]) => [label, Math.floor((size * held) / count)]));
  const remainders = Array.from(sizes, ([label, size]) => ({ label, rest: (size * held) % count }));
  remainders.sort((one, other) => other.rest - one.rest || one.label - other.label);
  const missing = held - [...shares.values()].reduce((sum, share) => sum + share, 0);
  for (const { label } of remainders.slice(0, missing)) shares.set(label, (shares.get(label) ?? 0) + 1);
  return shares;
}
