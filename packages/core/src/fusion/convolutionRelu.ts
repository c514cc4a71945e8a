import * as kernels from '../engine/kernels.ts';
import type { ConvolutionDetails } from '../ops/convolution/convolutionGradients.ts';
import type { Pattern } from '../tape/pattern.ts';
import { flatten } from '../tensor/strided.ts';

/**
 * relu(conv2d(x, weight, bias)): each sum is cut off at 0 before it is written, so that the convolution's own output is
 * neither written nor read again. The bits are those of the two ops one after the other.
 */
export const convolutionRelu: Pattern = {
  name: 'conv2d, relu',
  last: 'relu',
  match: (output, isOnlyReadBy) => {
    const convolved = output.entry?.inputs.x;
    if (convolved?.entry?.operation !== 'conv2d' || !isOnlyReadBy(convolved, output)) return null;
    const { x, weight, bias } = convolved.entry.inputs;
    const { sizes } = convolved.entry.details as ConvolutionDetails;
    return {
      inner: [convolved],
      reads: bias ? [x, weight, bias] : [x, weight],
      value: (y, memory) => {
        const shift = bias ? flatten(bias.view, memory) : null;
        kernels.conv2dRelu(flatten(x.view, memory), flatten(weight.view, memory), shift, y, ...sizes);
      },
    };
  },
};
