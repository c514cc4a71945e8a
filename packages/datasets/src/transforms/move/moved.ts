import type { Random } from '@tapegrad/core';
import { beyondOf, type Edge } from '../beyond.ts';
import { type ImageBatch, rewritten } from '../imageBatch.ts';
import { nearest, type Positions, sample } from './sample.ts';

/**
 * Every image looked at elsewhere: at positions that `positions` draws for it, interpolated. All channels of an image move
 * together, and its mask with them, whose pixels are the nearest ones: classes cannot be mixed.
 */
export function moved(
  batch: ImageBatch,
  edge: Edge,
  random: Random,
  positions: (height: number, width: number, random: Random) => Positions,
): ImageBatch {
  const [count, , height, width] = batch.shape;
  const looked = Array.from({ length: count }, () => positions(height, width, random));
  return rewritten(batch, [height, width], (from, to) => {
    const beyond = beyondOf(edge, from.isMask);
    for (let image = 0; image < count; image++) {
      for (let channel = 0; channel < from.channels; channel++) {
        const start = (image * from.channels + channel) * height * width;
        const plane = { numbers: from.numbers, start, height, width };
        if (from.isMask) nearest(plane, looked[image], beyond, to.numbers);
        else sample(plane, looked[image], beyond, to.numbers);
      }
    }
  });
}
