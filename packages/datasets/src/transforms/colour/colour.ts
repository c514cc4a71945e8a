import { type Random, ShapeError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { ImageBatch } from '../imageBatch.ts';
import { rangeAround } from '../ranges.ts';

export interface ColourOptions {
  /** How far the factor lies from 1 at most, or its range. */
  readonly by: number | readonly [number, number];
}

export interface Colour {
  readonly kind: 'brightness' | 'contrast' | 'saturation';
  readonly from: number;
  readonly to: number;
}

const colourOptions: OptionNames<ColourOptions> = { by: 'required' };

/**
 * y = f x, between 0 and 1: each image with a factor f of its own, drawn from 1 - by to 1 + by (0 at least) or from a range. For pixels
 * from 0 to 1, so that `normalise` comes after it.
 *
 * @example brightness({ by: 0.2 }).from // 0.8
 * @throws ValueError when a factor is below 0 or above 100, or the range runs backwards
 */
export function brightness(options: ColourOptions, ...surplus: []): Colour {
  checkSurplus('brightness', surplus);
  return colour('brightness', options);
}

/**
 * y = f x + (1 - f) m, between 0 and 1, where m is the mean of the image's greys: factors f as in `brightness`. For pixels from 0 to
 * 1, so that `normalise` comes after it.
 *
 * @example contrast({ by: [0.5, 1.5] }).to // 1.5
 * @throws ValueError when a factor is below 0 or above 100, or the range runs backwards
 */
export function contrast(options: ColourOptions, ...surplus: []): Colour {
  checkSurplus('contrast', surplus);
  return colour('contrast', options);
}

/**
 * y = f x + (1 - f) g, between 0 and 1, where g is the grey of the pixel, 0.2989 r + 0.587 g + 0.114 b: factors f as in `brightness`. For
 * pixels from 0 to 1, so that `normalise` comes after it. Grey images stay as they are.
 *
 * @example saturation({ by: 0.5 }).kind // "saturation"
 * @throws ValueError when a factor is below 0 or above 100, or the range runs backwards
 */
export function saturation(options: ColourOptions, ...surplus: []): Colour {
  checkSurplus('saturation', surplus);
  return colour('saturation', options);
}

function colour(kind: Colour['kind'], options: ColourOptions): Colour {
  const { by } = checkOptions(kind, options, colourOptions);
  const [from, to] = rangeAround(kind, 'by', by, 1, [0, 100]);
  return { kind, from, to };
}

/** @throws ShapeError when the images are neither grey nor of three colours, and their greys are asked for */
export function recoloured(batch: ImageBatch, { kind, from, to }: Colour, random: Random): ImageBatch {
  const [count, channels, height, width] = batch.shape;
  const { images } = batch;
  const size = height * width;
  if (kind !== 'brightness' && channels !== 1 && channels !== 3) {
    throw new ShapeError({
      operation: kind,
      got: `images of ${channels} channels`,
      wanted: 'grey images, or red, green and blue',
      remedy: 'Leave it out for these images',
    });
  }
  for (let image = 0; image < count; image++) {
    const factor = random.uniform(from, to);
    const start = image * channels * size;
    if (kind === 'saturation' && channels === 1) continue;
    const grey = (pixel: number): number => {
      if (channels === 1) return images[start + pixel];
      return (
        0.2989 * images[start + pixel] + 0.587 * images[start + size + pixel] + 0.114 * images[start + 2 * size + pixel]
      );
    };
    let mean = 0;
    if (kind === 'contrast') for (let pixel = 0; pixel < size; pixel++) mean += grey(pixel) / size;
    for (let pixel = 0; pixel < size; pixel++) {
      const other = kind === 'saturation' ? grey(pixel) : mean;
      for (let at = start + pixel; at < start + channels * size; at += size) {
        images[at] = Math.min(1, Math.max(0, factor * images[at] + (1 - factor) * other));
      }
    }
  }
  return batch;
}
