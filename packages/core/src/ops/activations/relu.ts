import * as kernels from '../../engine/kernels.ts';
import { cases, elementwise, type FormulaTable, formula, one, zero } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/**
 * y = max(x, 0), element by element. Slope 1 above 0, 0 below, and 0 at the kink at 0, as in PyTorch.
 *
 * @example relu([-1, 0, 2]) // [0, 0, 2]
 */
export function relu(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('relu', surplus);
  const inputs = operands('relu', { x });
  return record({
    operation: 'relu',
    inputs,
    shape: inputs.x.shape,
    value: (y, memory) => kernels.relu(flatten(inputs.x.view, memory), y, y.length),
    vjps: { x: (g, y) => reluGradient(y, g) },
  });
}

/** z = g where y = relu(x) > 0, which is where x > 0, else 0. It is linear in g, and flat in y. */
function reluGradient(y: Tensor, g: Tensor): Tensor {
  return record({
    operation: 'reluGradient',
    inputs: { y, g },
    shape: g.shape,
    value: (z, memory) => kernels.reluGradient(flatten(y.view, memory), flatten(g.view, memory), z, z.length),
    vjps: { y: null, g: (h) => reluGradient(y, h) },
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  relu: () =>
    elementwise({
      value: formula('max(x, 0)', '\\max(x, 0)'),
      slopes: { x: cases(one, formula('x > 0'), zero) },
      inWords: 'An open gate above 0, a shut one below, and shut at the kink at 0.',
    }),
  reluGradient: () =>
    elementwise({
      output: 'z',
      value: cases(formula('g'), formula('y > 0'), zero),
      slopes: { y: null, g: cases(one, formula('y > 0'), zero) },
      inWords: 'The gate of relu once more: it lets the same numbers pass.',
    }),
};
