import { type Random, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkSamples, countOf } from './count.ts';
import { labelsOf, noLabels } from './labels.ts';
import { named } from './named.ts';
import { type Selected, select } from './select.ts';

/** How {@link kFolds} parts a dataset. */
export interface KFoldOptions {
  /** How many parts: 2 to the number of samples. */
  readonly folds: number;
  /** Draws which samples come together. */
  readonly random: Random;
  /** Whether each class has the same share in all parts. Default: true where there are labels. */
  readonly stratified?: boolean;
}

/** One of the ways to train on all parts but one. */
export interface Fold<Data> {
  readonly train: Selected<Data>;
  readonly validation: Selected<Data>;
}

const kFoldOptions: OptionNames<KFoldOptions> = { folds: 'required', random: 'required', stratified: 'optional flag' };

/**
 * k-fold cross-validation: samples are parted at random into `folds` parts of the same size, to within one, and each part is held
 * back once while all others are trained on. Stratified, no class has parts whose sizes differ by more than one. The parts are
 * drawn when this is called, and each fold is made when it is its turn.
 *
 * @example
 * const { train: all } = builtInDigits({ train: 100, test: 1 });
 * Array.from(kFolds(all, { folds: 5, random: new Random(1) }), ({ validation }) => validation.labels.size) // [20, 20, 20, 20, 20]
 * @throws ValueError when `folds` is out of range, or there are no labels to stratify by
 */
export function kFolds<Data extends object>(
  samples: Data,
  options: KFoldOptions,
  ...surplus: []
): Generator<Fold<Data>, void, undefined> {
  checkSurplus('kFolds', surplus);
  const { folds, random } = checkOptions('kFolds', options, kFoldOptions);
  checkSamples('kFolds', samples);
  const count = countOf(samples);
  if (!Number.isSafeInteger(folds) || folds < 2 || folds > count) {
    throw new ValueError({
      operation: 'kFolds',
      got: `folds is ${folds}`,
      wanted: `a whole number from 2 to the ${count} samples`,
      remedy: 'Pass 5 or 10',
    });
  }
  const labels = labelsOf(samples);
  const { stratified = labels !== undefined } = options;
  if (stratified && !labels) throw noLabels('kFolds', samples);
  const order = Array.from(random.permutation(count));
  // Class after class, so that dealing them out in turns gives every part its share of each.
  if (stratified && labels) order.sort((one, other) => labels[one] - labels[other]);
  const partOf = new Uint32Array(count);
  for (const [position, index] of order.entries()) partOf[index] = position % folds;
  return parts();

  function* parts(): Generator<Fold<Data>, void, undefined> {
    const all = Uint32Array.from({ length: count }, (_, index) => index);
    for (let fold = 0; fold < folds; fold++) {
      const held = select(
        samples,
        all.filter((index) => partOf[index] === fold),
      );
      const left = select(
        samples,
        all.filter((index) => partOf[index] !== fold),
      );
      const which = `of fold ${fold + 1}`;
      yield {
        train: named(left, samples, `training part ${which}`),
        validation: named(held, samples, `validation part ${which}`),
      };
    }
  }
}
