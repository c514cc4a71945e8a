import { type Shape, zeros } from '@tapegrad/core';
import { checkHas, checkShape, sameShape } from '@tapegrad/core/authors';
import type { BuiltLayer } from '../layers/layer.ts';
import type { Sequential } from '../layers/sequential.ts';
import { type Summary, summarise } from './summary.ts';

/**
 * What each layer of a model gives, learns, does and sees: sizes, parameters, multiply-accumulates and FLOPs, receptive
 * fields. As a string a table, `console.log(String(summary(model)))`; with its formulas, `summary(model).explain('conv1')`.
 *
 * It is a function and no method, so that a page that trains a model and does not show it loads none of this.
 *
 * @param inputShape the shape of one input, without the batch axis. Default: the one that the model was built for. For
 * another size, as a net of convolutions takes it, the layers are tried on an input of zeros
 * @throws DataTypeError when it is no model
 * @throws ShapeError when a layer cannot take what the one before gives for such an input
 */
export function summary(model: Sequential, inputShape?: Shape): Summary {
  checkHas('summary', 'model', model, ['layers', 'inputShape'], {
    wanted: 'a Sequential',
    remedy: 'Give the model itself',
  });
  if (inputShape === undefined) return summarise(model.layers, model.inputShape);
  checkShape('summary', inputShape);
  if (sameShape(inputShape, model.inputShape)) return summarise(model.layers, inputShape);
  let x = zeros([1, ...inputShape], { dtype: model.dtype });
  const layers = model.layers.map((built): BuiltLayer => {
    const before = x.shape.slice(1);
    x = built.layer.call(x, { training: false });
    return { ...built, inputShape: before, outputShape: x.shape.slice(1) };
  });
  return summarise(layers, inputShape);
}
