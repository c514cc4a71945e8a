import { checkOptions, checkSurplus, type OptionNames, wrongKind } from '@tapegrad/core/authors';
import { checkRange, checkWhole } from '../ranges.ts';

export interface MixOptions {
  /** Of the Beta distribution that the share is drawn from: 1 draws all shares equally often, less more extreme ones. Default: 1. */
  readonly alpha?: number;
  /** How many classes there are. Default: as many as the dataset has names of. */
  readonly classes?: number;
}

/** A way to mix the samples of a batch with one another. Plain data. */
export interface Mix {
  readonly kind: 'mixup' | 'cutMix';
  readonly alpha: number;
  readonly classes?: number;
}

const mixOptions: OptionNames<MixOptions> = { alpha: 'optional', classes: 'optional' };

/**
 * x = s x_i + (1 - s) x_j, and the same of their targets: each sample of a batch is mixed with another one of it, all with one share s
 * drawn from Beta(alpha, alpha). The batch gets soft `targets` of shape [n, classes], for `softmaxCrossEntropy` as they are.
 *
 * Source: Zhang, Cisse, Dauphin and Lopez-Paz, "mixup: beyond empirical risk minimization", 2018.
 *
 * @example
 * const { train } = builtInDigits({ train: 8, test: 1 });
 * const [batch] = batches(train, { batchSize: 8, random: new Random(1), mix: mixup({ alpha: 0.2 }) });
 * batch.targets.shape // [8, 10]
 * @throws ValueError when `alpha` is not from 0.001 to 1000, or `classes` is not a whole number from 1 to 65536
 */
export function mixup(options: MixOptions = {}, ...surplus: []): Mix {
  checkSurplus('mixup', surplus);
  return mix('mixup', options);
}

/**
 * Each image of a batch gets a rectangle of another one of it, at the same pixels: of height √(1 - s) · height and width √(1 - s) · width,
 * rounded down, about a middle drawn from all pixels and cut at the edge, with one share s for the batch drawn from Beta(alpha, alpha). The
 * targets are mixed by the areas that remain. The batch gets soft `targets` of shape [n, classes]; masks get the same rectangle.
 *
 * Source: Yun and others, "CutMix: regularization strategy to train strong classifiers with localizable features", 2019.
 *
 * @example
 * const { train } = builtInDigits({ train: 8, test: 1 });
 * const [batch] = batches(train, { batchSize: 8, random: new Random(1), mix: cutMix() });
 * batch.targets.shape // [8, 10]
 * @throws ValueError when `alpha` is not from 0.001 to 1000, or `classes` is not a whole number from 1 to 65536
 */
export function cutMix(options: MixOptions = {}, ...surplus: []): Mix {
  checkSurplus('cutMix', surplus);
  return mix('cutMix', options);
}

function mix(kind: Mix['kind'], options: MixOptions): Mix {
  const { alpha = 1, classes } = checkOptions(kind, options, mixOptions);
  checkNumbers(kind, alpha, classes);
  return { kind, alpha, ...(classes !== undefined && { classes }) };
}

/**
 * Looks at a mix that was not made by its function: with an alpha that is no number the draw from its distribution would never
 * end.
 *
 * @throws DataTypeError unless it is a mix as data, and not a function
 * @throws ValueError when one of its numbers is out of range
 */
export function checkMix(operation: string, mix: Mix): void {
  const isMix = typeof mix === 'object' && mix !== null && (mix.kind === 'mixup' || mix.kind === 'cutMix');
  if (!isMix)
    throw wrongKind(operation, 'mix', mix, { wanted: 'a mix as data', remedy: 'Give `mixup()` or `cutMix()`' });
  checkNumbers(operation, mix.alpha, mix.classes);
}

function checkNumbers(operation: string, alpha: number, classes: number | undefined): void {
  checkRange(operation, 'alpha', alpha, 1e-3, 1e3);
  if (classes !== undefined) checkWhole(operation, 'classes', classes, 1, 65_536);
}
