import { type Random, ShapeError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type PictureSize, sizeOf } from '../../pictures/resize.ts';
import { type Edge, type EdgeOptions, edgeOf, edgeOptions } from '../beyond.ts';
import type { ImageBatch } from '../imageBatch.ts';
import { windows } from '../move/windows.ts';
import { checkWhole } from '../ranges.ts';

export interface RandomCropOptions extends EdgeOptions {
  /** Height and width of what is cut out. Default: the size of the image. */
  readonly size?: PictureSize;
  /** How many pixels are added at each side before. Default: 0. */
  readonly padding?: number;
}

export interface RandomCrop extends Edge {
  readonly kind: 'randomCrop';
  readonly size?: readonly [height: number, width: number];
  readonly padding: number;
}

const randomCropOptions: OptionNames<RandomCropOptions> = { size: 'optional', padding: 'optional', ...edgeOptions };

/**
 * y[row, column] = x[row + a - padding, column + b - padding]: of each image a window of `size`, its corner drawn so that the window
 * lies inside of the image and its padding, all corners equally likely. The padding is the number `beyond`, 0 by default, or the
 * edge's pixels. A mask is cut alike.
 *
 * `randomCrop({ padding: 4 })` is the usual augmentation of CIFAR-10, together with `horizontalFlip()`.
 *
 * @example randomCrop({ padding: 4 }).kind // "randomCrop"
 * @throws ValueError when `padding` is not a whole number from 0 to 1024, or a size is none
 */
export function randomCrop(options: RandomCropOptions, ...surplus: []): RandomCrop {
  checkSurplus('randomCrop', surplus);
  const { size, padding = 0 } = checkOptions('randomCrop', options, randomCropOptions);
  checkWhole('randomCrop', 'padding', padding, 0, 1024);
  return {
    kind: 'randomCrop',
    ...(size !== undefined && { size: sizeOf(size, 'randomCrop') }),
    padding,
    ...edgeOf('randomCrop', options, 0),
  };
}

/** @throws ShapeError when the images are smaller than what is to be cut out */
export function cropped(batch: ImageBatch, { size, padding, ...edge }: RandomCrop, random: Random): ImageBatch {
  const [count, , height, width] = batch.shape;
  const [rows, columns] = size ?? [height, width];
  const [free, freeAcross] = [height + 2 * padding - rows, width + 2 * padding - columns];
  if (free < 0 || freeAcross < 0) {
    throw new ShapeError({
      operation: 'randomCrop',
      got: `images of ${height}×${width} pixels with a padding of ${padding}`,
      wanted: `at least ${rows}×${columns} pixels`,
      remedy: 'Cut out less, or add padding',
    });
  }
  const corners = Array.from({ length: count }, () => {
    const top = random.integer(free + 1) - padding;
    return { top, left: random.integer(freeAcross + 1) - padding };
  });
  return windows(batch, [rows, columns], edge, corners);
}
