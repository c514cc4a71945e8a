import { type Shape, zeros } from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';
import type { BuiltLayer } from '../layers/layer.ts';
import type { Sequential } from '../layers/sequential.ts';
import { type Summary, summarise } from './summary.ts';

/**
 * The summary of a model for inputs of `inputShape`, without the batch axis: by default those it was built for, which is
 * `model.summary()`. For inputs of another size, as a net of convolutions takes them, the layers are tried on an input of
 * zeros.
 *
 * @throws ShapeError when a layer cannot take what the one before gives for such an input
 */
export function summary(model: Sequential, inputShape: Shape = model.inputShape): Summary {
  if (sameShape(inputShape, model.inputShape)) return model.summary();
  let x = zeros([1, ...inputShape], model.dtype);
  const layers = model.layers.map((built): BuiltLayer => {
    const before = x.shape.slice(1);
    x = built.layer.call(x, { training: false });
    return { ...built, inputShape: before, outputShape: x.shape.slice(1) };
  });
  return summarise(layers, inputShape);
}
