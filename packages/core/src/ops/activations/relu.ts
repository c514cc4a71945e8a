import * as kernels from '../../engine/kernels.ts';
import type { Memory } from '../../engine/memory.ts';
import type { FloatArray } from '../../kernels/dtype.ts';
import { cases, elementwise, type FormulaTable, formula, one, zero } from '../../notation/index.ts';
import { type ChosenRecipe, recipeOf, withRecipe } from '../../tape/recipes.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Shape } from '../../tensor/shape.ts';
import { flatten, viewOf } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** y = max(x, 0), place by place. Slope 1 above 0, 0 below, and 0 at the kink at 0, as in PyTorch. */
export function relu(x: TensorLike): Tensor {
  const inputs = operands('relu', { x });
  const y = record({
    operation: 'relu',
    inputs,
    postponed: inputs.x.shape,
    value: (memory) => {
      const y = memory.allocate(inputs.x.dtype, inputs.x.size);
      const convolution = recipeOf(inputs.x, 'convolution');
      if (convolution && !inputs.x.isComputed) convolution.computeRelu(y, memory);
      else kernels.relu(flatten(inputs.x.view, memory), y, y.length);
      return viewOf(y, inputs.x.shape);
    },
    vjps: { x: (g, y) => reluGradient(y, g) },
  });
  return withRecipe(y, { kind: 'relu', x: inputs.x });
}

/** z = g where y = relu(x) > 0, which is where x > 0, else 0. It is linear in g, and flat in y. */
function reluGradient(y: Tensor, g: Tensor): Tensor {
  const pooled = recipeOf(g, 'chosen');
  const isFused = pooled?.relu === y && !pooled.isThroughRelu;
  const z = record({
    operation: 'reluGradient',
    inputs: { y, g },
    ...(isFused ? { postponed: g.shape } : {}),
    value: (memory) => {
      const z = memory.allocate(g.dtype, g.size);
      if (isFused) putOpen(pooled, z, g.shape, memory);
      else kernels.reluGradient(flatten(y.view, memory), flatten(g.view, memory), z, z.length);
      return viewOf(z, g.shape);
    },
    vjps: { y: null, g: (h) => reluGradient(y, h) },
  });
  return isFused ? withRecipe(z, { ...pooled, isThroughRelu: true }) : z;
}

/** The numbers of a pooled cotangent at their places, where the relu is open. */
function putOpen({ g, chosen }: ChosenRecipe, z: FloatArray, shape: Shape, memory: Memory): void {
  const [batch, channels, height, width] = shape;
  const places = g.shape[2] * g.shape[3];
  kernels.putOpen(flatten(g.view, memory), chosen.array, z, batch * channels, height * width, places);
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
