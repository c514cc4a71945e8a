import * as kernels from '../engine/kernels.ts';
import type { Pattern } from '../tape/pattern.ts';
import { flatten } from '../tensor/strided.ts';
import { asPooled, pooledPlane } from './pooledCotangent.ts';

/**
 * The gradient of maxPool2d(relu(x)) by x, written out: each cotangent goes straight to the element that was chosen, if the
 * relu is open there. relu(x), which was not written either, is not asked for.
 */
export const reluMaxPoolGradient: Pattern = {
  name: 'maxPool2dGradient, reluGradient',
  last: 'reluGradient',
  match: (output) => {
    const pooled = asPooled(output);
    if (!pooled) return null;
    const [batch, channels, height, width] = output.shape;
    return {
      inner: pooled.inner.filter((x) => x !== output),
      reads: [pooled.g, pooled.pooled],
      value: (x, memory) => {
        const g = flatten(pooled.g.view, memory);
        kernels.putOpen(g, pooled.chosen.array, x, batch * channels, height * width, pooledPlane(pooled));
      },
    };
  },
};
