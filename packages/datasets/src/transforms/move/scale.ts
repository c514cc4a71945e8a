import type { Random } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type Edge, type EdgeOptions, edgeOf, edgeOptions } from '../beyond.ts';
import type { ImageBatch } from '../imageBatch.ts';
import { rangeAround } from '../ranges.ts';
import { moved } from './moved.ts';
import { aroundMiddle } from './positions.ts';

export interface ScaleOptions extends EdgeOptions {
  /** How far the factor lies from 1 at most, or its range. */
  readonly by: number | readonly [number, number];
}

export interface Scale extends Edge {
  readonly kind: 'scale';
  readonly from: number;
  readonly to: number;
}

const scaleOptions: OptionNames<ScaleOptions> = { by: 'required', ...edgeOptions };

/**
 * y[m + p] = x[m + p / f], bilinear: each image made larger about its middle m by a factor f drawn from 1 - by to 1 + by, or from a range
 * of its own. The size of the image stays. What comes in is the edge's pixels, or the number `beyond`; a mask goes along, with the
 * nearest pixels.
 *
 * @example scale({ by: [0.8, 1.25] }).kind // "scale"
 * @throws ValueError when the factors are not from 0.01 to 100, or the range runs backwards
 */
export function scale(options: ScaleOptions, ...surplus: []): Scale {
  checkSurplus('scale', surplus);
  const { by } = checkOptions('scale', options, scaleOptions);
  const [from, to] = rangeAround('scale', 'by', by, 1, [0.01, 100]);
  return { kind: 'scale', from, to, ...edgeOf('scale', options, 'edge') };
}

export function scaled(batch: ImageBatch, { from, to, ...edge }: Scale, random: Random): ImageBatch {
  return moved(batch, edge, random, (height, width) => {
    const factor = random.uniform(from, to);
    return aroundMiddle(height, width, (y, x) => [y / factor, x / factor]);
  });
}
