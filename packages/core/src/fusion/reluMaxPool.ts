import * as kernels from '../engine/kernels.ts';
import type { MaxPoolDetails } from '../ops/pooling/maxPool2d.ts';
import type { Pattern } from '../tape/pattern.ts';
import { flatten } from '../tensor/strided.ts';

/**
 * maxPool2d(relu(x)): the largest of a window is found in x and then cut off at 0, so that relu(x) is not written at all.
 * The indices say where the relu is shut, which is what its derivative asks. It always applies, whether relu(x) is needed
 * elsewhere or not: the gradients behind it rely on that.
 */
export const reluMaxPool: Pattern = {
  name: 'relu, maxPool2d',
  last: 'maxPool2d',
  match: ({ entry }) => {
    const activated = entry?.inputs.x;
    if (!entry || activated?.entry?.operation !== 'relu') return null;
    const { x } = activated.entry.inputs;
    const { sizes, chosen } = entry.details as MaxPoolDetails;
    return {
      inner: [activated],
      reads: [x],
      value: (y, memory) =>
        kernels.maxPool2dOfRelu(flatten(x.view, memory), y, chosen.allocate(y.length, memory), ...sizes),
    };
  },
};
