import type { Random } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { ImageBatch } from '../imageBatch.ts';
import { checkRange, checkWhole } from '../ranges.ts';

export interface CutoutOptions {
  /** The length of the square's sides. */
  readonly size: number;
  /** What the square is filled with. Default: 0. */
  readonly fill?: number;
}

export interface Cutout {
  readonly kind: 'cutout';
  readonly size: number;
  readonly fill: number;
}

const cutoutOptions: OptionNames<CutoutOptions> = { size: 'required', fill: 'optional' };

/**
 * A square of each image filled with one number: its middle is any pixel of the image, all equally likely, so that a part of
 * it may lie outside. A mask stays as it is.
 *
 * Source: DeVries and Taylor, "Improved regularization of convolutional neural networks with cutout", 2017.
 *
 * @example cutout({ size: 8 }).fill // 0
 * @throws ValueError when `size` is not a whole number from 1 to 16384
 */
export function cutout(options: CutoutOptions, ...surplus: []): Cutout {
  checkSurplus('cutout', surplus);
  const { size, fill = 0 } = checkOptions('cutout', options, cutoutOptions);
  checkWhole('cutout', 'size', size, 1, 16_384);
  checkRange('cutout', 'fill', fill, -1e30, 1e30);
  return { kind: 'cutout', size, fill };
}

export function withCutout(batch: ImageBatch, { size, fill }: Cutout, random: Random): ImageBatch {
  const [count, channels, height, width] = batch.shape;
  for (let image = 0; image < count; image++) {
    const top = random.integer(height) - Math.floor(size / 2);
    const left = random.integer(width) - Math.floor(size / 2);
    const [first, last] = [Math.max(0, left), Math.min(width, left + size)];
    for (let channel = 0; channel < channels; channel++) {
      const start = (image * channels + channel) * height * width;
      for (let row = Math.max(0, top); row < Math.min(height, top + size); row++) {
        batch.images.fill(fill, start + row * width + first, start + row * width + last);
      }
    }
  }
  return batch;
}
