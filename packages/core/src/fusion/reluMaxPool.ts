import * as kernels from '../engine/kernels.ts';
import type { MaxPoolDetails } from '../ops/pooling/maxPool2d.ts';
import type { Pattern } from '../tape/pattern.ts';
import { flatten } from '../tensor/strided.ts';

/**
 * maxPool2d(relu(x)): the largest of a window is found in x and then cut off at 0, so that relu(x) is not written at all.
 * The indices note where the relu is shut, which is what its derivative asks. It always applies, whether relu(x) is needed
 * elsewhere or not: the gradients behind it rely on these notes.
 */
export const reluMaxPool: Pattern = {
  name: 'relu, maxPool2d',
  last: 'maxPool2d',
  match: ({ entry }) => {
    const opened = entry?.inputs.x;
    if (!entry || opened?.entry?.operation !== 'relu') return null;
    const { x } = opened.entry.inputs;
    const { sizes, chosen } = entry.details as MaxPoolDetails;
    return {
      inner: [opened],
      reads: [x],
      value: (y, memory) =>
        kernels.maxPool2dOfRelu(flatten(x.view, memory), y, chosen.allocate(y.length, memory), ...sizes),
    };
  },
};
