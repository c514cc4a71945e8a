import { add, flip, multiply, type Tensor } from '@tapegrad/core';
import type { Sequential } from '@tapegrad/nn';

/**
 * What a model that is used says about images; with `isMirrored` the mean of that and of what it says about their mirror
 * images, which a model that was trained on both errs about a little differently.
 *
 * @param images `[batch, channels, height, width]`
 * @returns logits `[batch, classes]`
 */
export function logitsOf(model: Sequential, images: Tensor, isMirrored: boolean): Tensor {
  const logits = model.call(images, { training: false });
  if (!isMirrored) return logits;
  return multiply(add(logits, model.call(flip(images, { axes: 3 }), { training: false })), 0.5);
}
