import { ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import { columnOf } from '../dataset/columns.ts';
import { checkSamples, countOf, hasItems } from '../dataset/count.ts';
import { checkIndices } from '../dataset/select.ts';
import { checkTransform } from '../transforms/checkTransform.ts';
import { checkMix, type Mix } from '../transforms/mix/mix.ts';
import { type BatchOptions, batchOptions } from './options.ts';
import type { Preparation } from './prepare.ts';

/** The samples of one batch, and its number in the whole pass, counted from 0. */
export interface BatchGroup {
  readonly number: number;
  readonly indices: Uint32Array;
}

/** The batches of a pass before they are made. */
export interface BatchPlan {
  readonly groups: readonly BatchGroup[];
  readonly preparation: Preparation;
}

/**
 * Which samples make up each batch, and how their pixels become numbers: all that `batches` draws from `random`.
 *
 * @throws ValueError as `batches` does
 */
export function planBatches(dataset: object, options: BatchOptions): BatchPlan {
  const given = checkOptions('batches', options, batchOptions);
  const { batchSize, random, skip = 0, mean = 0, standardDeviation = 1, transform, mix } = given;
  checkSamples('batches', dataset);
  checkSkip(skip);
  if (given.indices !== undefined) checkIndices('batches', given.indices, countOf(dataset));
  const batchesInAll = batchCount(dataset, options);
  checkScale(mean, standardDeviation);
  checkImages(dataset, given);
  if (transform) checkTransform('batches', transform, mean !== 0 || standardDeviation !== 1);
  if (mix) checkMix('batches', mix);
  if ((transform || mix) && !random) {
    throw problem(
      `a ${transform ? 'transform' : 'mix'} without random`,
      'a stream of random numbers for it',
      'Pass random: new Random(1)',
    );
  }
  const samples = countOf(dataset);
  const chosen = given.indices && Uint32Array.from(given.indices);
  const order =
    chosen ?? (random ? random.permutation(samples) : Uint32Array.from({ length: samples }, (_, index) => index));
  const seed = (transform || mix) && random ? random.bits() : 0;
  const groups = Array.from({ length: batchesInAll }, (_, number) => ({
    number,
    indices: order.slice(number * batchSize, (number + 1) * batchSize),
  }));
  const preparation = { mean, standardDeviation, transform, mix: mix && mixOf(dataset, mix), seed };
  return { groups: groups.slice(skip), preparation };
}

/**
 * How many batches `batches` gives by the same options, with those that `skip` leaves out: samples / batchSize, rounded up, or down
 * with `dropLast`.
 *
 * @example batchCount(builtInDigits({ train: 100, test: 1 }).train, { batchSize: 40 }) // 3
 * @throws ValueError when `batchSize` is not a whole number of at least 1
 */
export function batchCount(dataset: object, options: BatchOptions, ...surplus: []): number {
  checkSurplus('batchCount', surplus);
  const { batchSize, dropLast = false, indices } = checkOptions('batchCount', options, batchOptions);
  checkSamples('batchCount', dataset);
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw problem(`batchSize is ${batchSize}`, 'a whole number of at least 1', 'Pass a batchSize such as 64');
  }
  const wholeAndPartial = (indices?.length ?? countOf(dataset)) / batchSize;
  return dropLast ? Math.floor(wholeAndPartial) : Math.ceil(wholeAndPartial);
}

function checkSkip(skip: number): void {
  if (Number.isSafeInteger(skip) && skip >= 0) return;
  throw problem(`skip is ${skip}`, 'a whole number of at least 0', 'Leave it out to begin with the first batch');
}

function checkScale(mean: number | readonly number[], standardDeviation: number | readonly number[]): void {
  // Not `flat`, which leaves out the holes of a list.
  const all = (numbers: number | readonly number[]): readonly number[] =>
    Array.isArray(numbers) ? Array.from(numbers) : [numbers as number];
  if (all(mean).every(Number.isFinite) && all(standardDeviation).every((each) => Number.isFinite(each) && each > 0))
    return;
  throw problem(
    `mean is ${mean}, standardDeviation is ${standardDeviation}`,
    'finite numbers, and a standardDeviation above 0',
    'Leave both out to have pixels from 0 to 1',
  );
}

/** What is asked of images needs images, and one number for each of their channels. Of items this is seen when they come. */
function checkImages(dataset: object, { mean, standardDeviation, transform, mix }: BatchOptions): void {
  if (hasItems(dataset)) return;
  const images = columnOf(dataset, 'images');
  const asked = Object.entries({ mean, standardDeviation, transform, mix }).filter(([, value]) => value !== undefined);
  if (!images && asked.length > 0) {
    throw problem(`${asked[0][0]}, for a dataset without images`, 'a dataset with `images`', 'Leave it out');
  }
  for (const [what, numbers] of Object.entries({ mean, deviation: standardDeviation })) {
    if (!images || !Array.isArray(numbers) || numbers.length === images.shape[1]) continue;
    throw problem(
      `a ${what} of ${numbers.length} numbers`,
      `one number, or one for each of ${images.shape[1]} channels`,
      'Pass what normalisationOf gives for this dataset',
    );
  }
}

/** With the number of classes: what is said, or what the dataset has names of. */
function mixOf(dataset: object, mix: Mix): Mix & { readonly classes: number } {
  const { classes: names } = dataset as { readonly classes?: readonly string[] };
  if (hasItems(dataset)) {
    throw problem(
      'mix, for a dataset of items',
      'a dataset in arrays',
      'Make arrays of the items once, with `collect`',
    );
  }
  if (columnOf(dataset, 'targets')) return { ...mix, classes: 0 };
  const labels = columnOf(dataset, 'labels');
  if (!labels)
    throw problem('mix, without labels or targets', 'labels or targets, which are mixed too', 'Leave it out');
  const { classes = names?.length ?? 0 } = mix;
  for (let index = 0; index < labels.shape[0]; index++) {
    const label = labels.get(index);
    if (label >= 0 && label < classes) continue;
    throw problem(
      `labels[${index}] is ${label}, with ${classes} classes`,
      'labels from 0 to the number of classes less 1',
      'Say how many there are: `mixup({ classes: 10 })`',
    );
  }
  return { ...mix, classes };
}

const problem = (got: string, wanted: string, remedy: string) =>
  new ValueError({ operation: 'batches', got, wanted, remedy });
