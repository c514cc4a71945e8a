import type { Random } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type ImageBatch, layersOf, type MaskNumbers } from '../imageBatch.ts';
import { checkRange } from '../ranges.ts';

export interface RandomFlipOptions {
  /** How likely an image is flipped. Default: 0.5. */
  readonly probability?: number;
}

export interface Flip {
  readonly kind: 'flip';
  readonly axis: 'horizontal' | 'vertical';
  readonly probability: number;
}

const flipOptions: OptionNames<RandomFlipOptions> = { probability: 'optional' };

/**
 * y[row, column] = x[row, width - 1 - column]: left and right exchanged, in each image with the probability given; a mask goes
 * along.
 *
 * @example horizontalFlip().probability // 0.5
 * @throws ValueError when `probability` is not from 0 to 1
 */
export function horizontalFlip(options: RandomFlipOptions = {}, ...surplus: []): Flip {
  checkSurplus('horizontalFlip', surplus);
  const { probability = 0.5 } = checkOptions('horizontalFlip', options, flipOptions);
  checkRange('horizontalFlip', 'probability', probability, 0, 1);
  return { kind: 'flip', axis: 'horizontal', probability };
}

/**
 * y[row, column] = x[height - 1 - row, column]: top and bottom exchanged, in each image with the probability given; a mask goes
 * along.
 *
 * @example verticalFlip({ probability: 1 }).axis // "vertical"
 * @throws ValueError when `probability` is not from 0 to 1
 */
export function verticalFlip(options: RandomFlipOptions = {}, ...surplus: []): Flip {
  checkSurplus('verticalFlip', surplus);
  const { probability = 0.5 } = checkOptions('verticalFlip', options, flipOptions);
  checkRange('verticalFlip', 'probability', probability, 0, 1);
  return { kind: 'flip', axis: 'vertical', probability };
}

/** Flips in the batch's own memory. */
export function flipped(batch: ImageBatch, { axis, probability }: Flip, random: Random): ImageBatch {
  const [count, , height, width] = batch.shape;
  const isFlipped = Array.from({ length: count }, () => random.uniform() < probability);
  for (const { numbers, channels } of layersOf(batch)) {
    for (let plane = 0; plane < count * channels; plane++) {
      if (!isFlipped[Math.floor(plane / channels)]) continue;
      const start = plane * height * width;
      if (axis === 'horizontal') {
        for (let row = 0; row < height; row++) reverse(numbers, start + row * width, width);
      } else flipRows(numbers, start, height, width);
    }
  }
  return batch;
}

/** Rows are short: a loop is quicker than a view of each. */
function reverse(numbers: MaskNumbers, start: number, length: number): void {
  for (let one = start, other = start + length - 1; one < other; one++, other--) {
    const kept = numbers[one];
    numbers[one] = numbers[other];
    numbers[other] = kept;
  }
}

function flipRows(numbers: MaskNumbers, start: number, height: number, width: number): void {
  for (let row = 0; row < Math.floor(height / 2); row++) {
    const [upper, lower] = [start + row * width, start + (height - 1 - row) * width];
    const kept = numbers.slice(upper, upper + width);
    numbers.copyWithin(upper, lower, lower + width);
    numbers.set(kept, lower);
  }
}
