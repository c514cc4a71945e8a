import type { Random } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type Edge, type EdgeOptions, edgeOf, edgeOptions } from '../beyond.ts';
import type { ImageBatch } from '../imageBatch.ts';
import { checkRange } from '../ranges.ts';
import { moved } from './moved.ts';
import { bentPositions } from './positions.ts';

export interface ElasticOptions extends EdgeOptions {
  /** Default: 34. */
  readonly strength?: number;
  /** The standard deviation of the smoothing, in pixels. Default: 4. */
  readonly smoothness?: number;
}

export interface Elastic extends Edge {
  readonly kind: 'elastic';
  readonly strength: number;
  readonly smoothness: number;
}

const elasticOptions: OptionNames<ElasticOptions> = {
  strength: 'optional',
  smoothness: 'optional',
  ...edgeOptions,
};

/**
 * y[p] = x[p + d(p)], bilinear: d is a field of displacements, for each pixel and axis drawn from [-1, 1), smoothed by a
 * Gaussian whose standard deviation is `smoothness` pixels, and multiplied by `strength`. Handwriting bends like that. A mask
 * bends along, with the nearest pixels.
 *
 * Source: Simard, Steinkraus and Platt, "Best practices for convolutional neural networks applied to visual document
 * analysis", 2003, section 2; their best numbers for 29 × 29 digits, 34 and 4, are the defaults.
 *
 * @example elastic({ strength: 20 }).kind // "elastic"
 * @throws ValueError when `strength` is not from 0 to 10,000, or `smoothness` not from 0.1 to 100
 */
export function elastic(options: ElasticOptions = {}, ...surplus: []): Elastic {
  checkSurplus('elastic', surplus);
  const { strength = 34, smoothness = 4 } = checkOptions('elastic', options, elasticOptions);
  checkRange('elastic', 'strength', strength, 0, 10_000);
  checkRange('elastic', 'smoothness', smoothness, 0.1, 100);
  return { kind: 'elastic', strength, smoothness, ...edgeOf('elastic', options, 'edge') };
}

export function bent(batch: ImageBatch, transform: Elastic, random: Random): ImageBatch {
  if (transform.strength === 0) return batch;
  return moved(batch, transform, random, (height, width) => bentPositions(height, width, transform, random));
}
