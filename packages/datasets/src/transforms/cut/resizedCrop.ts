import type { Random } from '@tapegrad/core';
import { checkOptions, checkSurplus, exponential, logarithm, type OptionNames } from '@tapegrad/core/authors';
import { type PictureSize, sizeOf } from '../../pictures/resize.ts';
import { type Taps, tapsOf } from '../../pictures/taps.ts';
import { type ImageBatch, type MaskNumbers, rewritten } from '../imageBatch.ts';
import { rangeAround } from '../ranges.ts';

export interface ResizedCropOptions {
  /** Height and width of the result. */
  readonly size: PictureSize;
  /** The share of the image's area that is cut out. Default: [0.08, 1]. */
  readonly area?: readonly [number, number];
  /** Width by height of what is cut out. Default: [3/4, 4/3]. */
  readonly ratio?: readonly [number, number];
}

export interface ResizedCrop {
  readonly kind: 'resizedCrop';
  readonly size: readonly [height: number, width: number];
  readonly area: readonly [number, number];
  readonly ratio: readonly [number, number];
}

const resizedCropOptions: OptionNames<ResizedCropOptions> = { size: 'required', area: 'optional', ratio: 'optional' };

/**
 * Of each image a window of random area and shape, resized to `size`: its area a share s of the image's, drawn from `area`, its width
 * by height r with ln r drawn from ln `ratio`, its corner anywhere inside. Where ten such windows do not fit, the largest in the middle
 * whose ratio is allowed. Resized as `imageFolder` resizes: bilinear, averaged where it shrinks; a mask by the nearest pixels.
 *
 * Source: Szegedy and others, "Going deeper with convolutions", 2015, section 6, in torchvision's form.
 *
 * @example resizedCrop({ size: 32 }).kind // "resizedCrop"
 * @throws ValueError when the size is none, or a range is out of bounds or runs backwards
 */
export function resizedCrop(options: ResizedCropOptions, ...surplus: []): ResizedCrop {
  checkSurplus('resizedCrop', surplus);
  const { size, area = [0.08, 1], ratio = [3 / 4, 4 / 3] } = checkOptions('resizedCrop', options, resizedCropOptions);
  return {
    kind: 'resizedCrop',
    size: sizeOf(size, 'resizedCrop'),
    area: rangeAround('resizedCrop', 'area', area, 0, [1e-6, 1]),
    ratio: rangeAround('resizedCrop', 'ratio', ratio, 1, [1e-3, 1e3]),
  };
}

/** A part of an image, at whole pixels. */
export interface Window {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

export function resizedCropped(batch: ImageBatch, transform: ResizedCrop, random: Random): ImageBatch {
  const [count, , height, width] = batch.shape;
  const [rows, columns] = transform.size;
  const chosen = Array.from({ length: count }, () => drawWindow(height, width, transform, random));
  return rewritten(batch, [rows, columns], (from, to) => {
    for (const [image, part] of chosen.entries()) {
      const down = tapsOf(part.height, rows, 0, part.height);
      const across = tapsOf(part.width, columns, 0, part.width);
      for (let channel = 0; channel < from.channels; channel++) {
        const plane = image * from.channels + channel;
        const start = plane * height * width + part.top * width + part.left;
        const written = plane * rows * columns;
        if (from.isMask) copyNearest(from.numbers, start, width, part, to.numbers, written, transform.size);
        else resizePlane(from.numbers, start, width, down, across, to.numbers, written);
      }
    }
  });
}

/** @throws nothing: the last window always fits */
export function drawWindow(height: number, width: number, { area, ratio }: ResizedCrop, random: Random): Window {
  for (let attempt = 0; attempt < 10; attempt++) {
    const share = height * width * random.uniform(...area);
    const shape = exponential(random.uniform(logarithm(ratio[0]), logarithm(ratio[1])));
    const across = Math.round(Math.sqrt(share * shape));
    const down = Math.round(Math.sqrt(share / shape));
    if (across < 1 || across > width || down < 1 || down > height) continue;
    const top = random.integer(height - down + 1);
    return { top, left: random.integer(width - across + 1), height: down, width: across };
  }
  const shape = Math.min(Math.max(width / height, ratio[0]), ratio[1]);
  const across = Math.max(1, Math.min(width, Math.round(height * shape)));
  const down = Math.max(1, Math.min(height, Math.round(width / shape)));
  return {
    top: Math.floor((height - down) / 2),
    left: Math.floor((width - across) / 2),
    height: down,
    width: across,
  };
}

function resizePlane(
  numbers: MaskNumbers,
  start: number,
  stride: number,
  down: Taps,
  across: Taps,
  written: MaskNumbers,
  to: number,
): void {
  const [rows, columns] = [down.first.length, across.first.length];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let y = 0; y < down.count[row]; y++) {
        const line = start + (down.first[row] + y) * stride + across.first[column];
        let along = 0;
        for (let x = 0; x < across.count[column]; x++)
          along += across.weights[column * across.most + x] * numbers[line + x];
        sum += down.weights[row * down.most + y] * along;
      }
      written[to + row * columns + column] = sum;
    }
  }
}

function copyNearest(
  numbers: MaskNumbers,
  start: number,
  stride: number,
  { height, width }: Window,
  written: MaskNumbers,
  to: number,
  [rows, columns]: readonly [number, number],
): void {
  for (let row = 0; row < rows; row++) {
    const line = start + Math.floor(((row + 0.5) * height) / rows) * stride;
    for (let column = 0; column < columns; column++) {
      written[to + row * columns + column] = numbers[line + Math.floor(((column + 0.5) * width) / columns)];
    }
  }
}
