import type { Random } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { ImageBatch } from '../imageBatch.ts';
import { checkRange } from '../ranges.ts';

export interface NoiseOptions {
  /** Of the normal distribution that the noise is drawn from. */
  readonly standardDeviation: number;
}

export interface Noise {
  readonly kind: 'noise';
  readonly standardDeviation: number;
}

const noiseOptions: OptionNames<NoiseOptions> = { standardDeviation: 'required' };

/**
 * y = x + s n: to each number of an image is added one drawn from the normal distribution of standard deviation s.
 *
 * @example noise({ standardDeviation: 0.1 }).kind // "noise"
 * @throws ValueError when the deviation is not from 0 to 1e6
 */
export function noise(options: NoiseOptions, ...surplus: []): Noise {
  checkSurplus('noise', surplus);
  const { standardDeviation } = checkOptions('noise', options, noiseOptions);
  checkRange('noise', 'standardDeviation', standardDeviation, 0, 1e6);
  return { kind: 'noise', standardDeviation };
}

export function noisy(batch: ImageBatch, { standardDeviation }: Noise, random: Random): ImageBatch {
  const { images } = batch;
  for (let at = 0; at < images.length; at++) images[at] += standardDeviation * random.normal();
  return batch;
}
