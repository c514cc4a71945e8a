import { ShapeError, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { ImageBatch } from '../imageBatch.ts';

/** Mean and standard deviation of each channel. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly standardDeviation: readonly number[];
}

export interface Normalise extends Normalisation {
  readonly kind: 'normalise';
}

const normalisation: OptionNames<Normalisation> = { mean: 'required', standardDeviation: 'required' };

/**
 * y = (x - mean) / standardDeviation, each channel with its own numbers.
 *
 * @example normalise({ mean: [0.5], standardDeviation: [0.25] }).kind // "normalise"
 * @throws ValueError when the lists are not equally long, or a number is not finite or a deviation not above 0
 */
export function normalise(options: Normalisation, ...surplus: []): Normalise {
  checkSurplus('normalise', surplus);
  const given = checkOptions('normalise', options, normalisation);
  const [mean, standardDeviation] = [[...given.mean], [...given.standardDeviation]];
  if (
    mean.length === standardDeviation.length &&
    mean.every(Number.isFinite) &&
    standardDeviation.every((deviation) => Number.isFinite(deviation) && deviation > 0)
  ) {
    return { kind: 'normalise', mean, standardDeviation };
  }
  throw new ValueError({
    operation: 'normalise',
    got: `mean [${mean.join(', ')}], standardDeviation [${standardDeviation.join(', ')}]`,
    wanted: 'as many finite numbers in both lists, and deviations above 0',
    remedy: 'Pass what normalisationOf gives',
  });
}

/** @throws ShapeError when the images have other channels than there are numbers */
export function normalised(batch: ImageBatch, { mean, standardDeviation }: Normalise): ImageBatch {
  const [, channels, height, width] = batch.shape;
  if (mean.length !== channels) {
    throw new ShapeError({
      operation: 'normalise',
      got: `images of ${channels} channels`,
      wanted: `${mean.length} channels, as there are means`,
      remedy: 'Pass one mean and one standardDeviation for each channel',
    });
  }
  const { images } = batch;
  const size = height * width;
  for (let start = 0, plane = 0; start < images.length; start += size, plane++) {
    const [own, deviation] = [mean[plane % channels], standardDeviation[plane % channels]];
    for (let at = start; at < start + size; at++) images[at] = (images[at] - own) / deviation;
  }
  return batch;
}
