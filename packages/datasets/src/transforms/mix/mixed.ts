import { type Random, ValueError } from '@tapegrad/core';
import { type ImageBatch, layersOf } from '../imageBatch.ts';
import { beta } from './beta.ts';
import type { Mix } from './mix.ts';

/** Images that were mixed, and how: sample i is `share` of itself and the rest of sample `partners[i]`. */
export interface MixedBatch {
  readonly batch: ImageBatch;
  readonly share: number;
  readonly partners: Uint32Array;
}

/** @throws ValueError when masks, which have classes, were to be mixed by numbers */
export function mixed(batch: ImageBatch, { kind, alpha }: Mix, random: Random): MixedBatch {
  const share = beta(alpha, random);
  const partners = random.permutation(batch.shape[0]);
  if (kind === 'cutMix') return { batch, share: pasted(batch, share, partners, random), partners };
  if (batch.masks) {
    throw new ValueError({
      operation: 'mixup',
      got: 'a dataset with masks',
      wanted: 'images with labels or targets',
      remedy: 'Use `cutMix`, which cuts masks along',
    });
  }
  const { images } = batch;
  const before = images.slice();
  const size = images.length / Math.max(1, partners.length);
  for (const [sample, partner] of partners.entries()) {
    for (let at = 0; at < size; at++) {
      images[sample * size + at] = share * before[sample * size + at] + (1 - share) * before[partner * size + at];
    }
  }
  return { batch, share, partners };
}

/** Pastes one rectangle into all images; gives the share of the area that stays. */
function pasted(batch: ImageBatch, share: number, partners: Uint32Array, random: Random): number {
  const [, , height, width] = batch.shape;
  const side = Math.sqrt(1 - share);
  const [down, across] = [Math.floor(height * side), Math.floor(width * side)];
  const top = random.integer(height) - Math.floor(down / 2);
  const left = random.integer(width) - Math.floor(across / 2);
  const [first, last] = [Math.max(0, left), Math.min(width, left + across)];
  const [from, to] = [Math.max(0, top), Math.min(height, top + down)];
  for (const { numbers, channels } of layersOf(batch)) {
    const before = numbers.slice();
    for (let plane = 0; plane < partners.length * channels; plane++) {
      const partner = partners[Math.floor(plane / channels)] * channels + (plane % channels);
      for (let row = from; row < to; row++) {
        const [read, written] = [(partner * height + row) * width, (plane * height + row) * width];
        numbers.set(before.subarray(read + first, read + last), written + first);
      }
    }
  }
  return 1 - ((last - first) * (to - from)) / (height * width);
}
