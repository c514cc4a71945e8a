import { kernels } from '../engine/kernels.ts';
import { operands, record } from '../tape/record.ts';
import type { TensorLike } from '../tensor/create.ts';
import { flatten, viewOf } from '../tensor/strided.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** y = max(x, 0), place by place. Slope 1 above 0, 0 below, and 0 at the kink at 0, as in PyTorch. */
export function relu(x: TensorLike): Tensor {
  const inputs = operands('relu', { x });
  return record({
    operation: 'relu',
    inputs,
    value: (memory) => {
      const y = memory.allocate(inputs.x.dtype, inputs.x.size);
      kernels.relu(flatten(inputs.x.view, memory), y, y.length);
      return viewOf(y, inputs.x.shape);
    },
    vjps: { x: (g) => reluGradient(inputs.x, g) },
  });
}

/** z = g where x > 0, else 0. It is linear in g, and flat in x. */
function reluGradient(x: Tensor, g: Tensor): Tensor {
  return record({
    operation: 'reluGradient',
    inputs: { x, g },
    value: (memory) => {
      const z = memory.allocate(g.dtype, g.size);
      kernels.reluGradient(flatten(x.view, memory), flatten(g.view, memory), z, z.length);
      return viewOf(z, g.shape);
    },
    vjps: { x: null, g: (h) => reluGradient(x, h) },
  });
}
