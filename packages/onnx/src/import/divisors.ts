import { tensor } from '@tapegrad/core';
import { Affine, AvgPool3d, Branches, Elementwise, type Layer, Multiply, Power, Reduce, Reshape } from '@tapegrad/nn';
import { affine, beside } from './constants.ts';
import { fromAxis } from './normalisations.ts';
import { otherShape, recipe, type Translate } from './translate.ts';

/** Normalisations by a mean of squares, for which there is no layer, but layers that do it together; by operation. */
export const divisors: Readonly<Record<string, Translate>> = {
  /** x / (bias + alpha·m)^beta, with the mean m of the squares of neighbouring channels; what lies outside counts as 0. */
  LRN: (translation) => {
    const { attributes, inputShape, shelf } = translation;
    if (inputShape.length < 2 || inputShape.length > 3)
      throw otherShape(translation, '[channels, …] of signals or images');
    const size = attributes.whole('size', 0);
    if (size < 1) throw attributes.refuse('size', `${size}`, 'at least 1');
    const [alpha, beta] = [attributes.float('alpha', 1e-4), attributes.float('beta', 0.75)];
    const raised = {
      weight: tensor(alpha, { dtype: shelf.dtype }),
      bias: tensor(attributes.float('bias', 1), { dtype: shelf.dtype }),
    };
    // Channels as the first spatial axis, over which a window of that many moves.
    const volume = [1, ...inputShape, ...(inputShape.length === 2 ? [1] : [])];
    const before = Math.floor((size - 1) / 2);
    const window = { kernelSize: [size, 1, 1], stride: 1, padding: [[before, size - 1 - before], 0, 0] as const };
    const make = () =>
      divisor([
        new Reshape({ shape: volume }),
        new AvgPool3d(window),
        new Reshape({ shape: inputShape }),
        new Affine({ shape: [] }),
        new Power({ exponent: -beta }),
      ]);
    return { ...recipe(make, raised), isFixed: true };
  },
  /** x / √(mean of the squares + epsilon), times a weight. */
  RMSNormalization: (translation) => {
    const { node, attributes, inputShape, shelf } = translation;
    attributes.ignore('stash_type');
    const axes = fromAxis(translation, attributes.whole('axis', -1), inputShape.length + 1);
    const raised = { bias: tensor(attributes.float('epsilon', 1e-5), { dtype: shelf.dtype }) };
    const make = () =>
      divisor([
        new Reduce({ by: 'mean', axes, keepDims: true }),
        new Affine({ shape: [], weight: false }),
        new Power({ exponent: -0.5 }),
      ]);
    const scale = shelf.optional(node.label, node.inputs[1], 'scale');
    const scaled = scale
      ? affine(translation, beside(translation, node.inputs[1]), { weight: Float64Array.from(scale.read()) })
      : [];
    return [{ ...recipe(make, raised), isFixed: true }, ...scaled];
  },
};

/** x, multiplied by what these layers make of its square. */
function divisor(layers: readonly Layer[]): Layer {
  return new Branches([[], [new Elementwise({ operation: 'square' }), ...layers]], { join: new Multiply() });
}
