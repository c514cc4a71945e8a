import * as kernels from '../engine/kernels.ts';
import type { ConvolutionDetails } from '../ops/convolution/convolutionGradients.ts';
import type { Pattern } from '../tape/pattern.ts';
import { flatten } from '../tensor/strided.ts';
import { asPooled, pooledPlane } from './pooledCotangent.ts';

/*
 * The three gradients of conv2d where a max pooling comes after it, or a relu and then a max pooling: of four cotangents
 * (for windows of 2 × 2) at most one is not zero, so the sums run over what the pooling chose, and the cotangent of the
 * convolution's output is never written. Sums that leave out zeros are added in another order, and round differently:
 * therefore the patterns apply whenever these ops are recorded in a row, whatever else is computed.
 */

/** ∂weight = Σ over the chosen elements of cotangent · the patch of x under the filter there. */
export const pooledFilterGradient: Pattern = {
  name: 'maxPool2dGradient, conv2dFilterGradient',
  last: 'conv2dFilterGradient',
  match: ({ entry }) => {
    const pooled = entry && asPooled(entry.inputs.g);
    if (!pooled) return null;
    const { x } = entry.inputs;
    const { sizes } = entry.details as ConvolutionDetails;
    return {
      inner: pooled.inner,
      reads: [x, pooled.g, pooled.pooled],
      value: (weight, memory) => {
        const [images, g] = [flatten(x.view, memory), flatten(pooled.g.view, memory)];
        kernels.conv2dFilterGradientChosen(images, g, pooled.chosen.array, weight, pooledPlane(pooled), ...sizes);
      },
    };
  },
};

/** ∂x = Σ over the chosen elements of cotangent · the filter, laid on the patch that it met there. */
export const pooledInputGradient: Pattern = {
  name: 'maxPool2dGradient, conv2dInputGradient',
  last: 'conv2dInputGradient',
  match: ({ entry }) => {
    const pooled = entry && asPooled(entry.inputs.g);
    if (!pooled) return null;
    const { weight } = entry.inputs;
    const { sizes } = entry.details as ConvolutionDetails;
    return {
      inner: pooled.inner,
      reads: [weight, pooled.g, pooled.pooled],
      value: (x, memory) => {
        const [g, filters] = [flatten(pooled.g.view, memory), flatten(weight.view, memory)];
        kernels.conv2dInputGradientChosen(g, pooled.chosen.array, filters, x, pooledPlane(pooled), ...sizes);
      },
    };
  },
};

/** ∂bias = Σ over the chosen elements of each channel: the sum over the axes 0, 2 and 3 of such a cotangent. */
export const pooledBiasGradient: Pattern = {
  name: 'maxPool2dGradient, sum',
  last: 'sum',
  match: ({ entry }) => {
    const pooled = entry && String(entry.attributes.axes) === '0,2,3' ? asPooled(entry.inputs.x) : null;
    if (!pooled) return null;
    const [batch, channels] = pooled.pooled.shape;
    return {
      inner: pooled.inner,
      reads: [pooled.g, pooled.pooled],
      value: (bias, memory) => {
        const g = flatten(pooled.g.view, memory);
        kernels.biasGradientChosen(g, pooled.chosen.array, bias, batch, channels, pooledPlane(pooled));
      },
    };
  },
};
