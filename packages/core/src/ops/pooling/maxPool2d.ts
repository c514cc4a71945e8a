import * as kernels from '../../engine/kernels.ts';
import type { IndexNumbers } from '../../engine/memory.ts';
import { recipeOf, withRecipe } from '../../tape/recipes.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import { flatten, viewOf } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type PoolOptions, poolingSizes } from './poolingSizes.ts';

/**
 * y = the largest number under each window. Padding counts as -Infinity. The gradient goes to the number that was
 * chosen, the first of equals in reading order; a NaN is always chosen. As in PyTorch.
 *
 * @param x `[batch, channels, height, width]`
 * @returns `[batch, channels, ⌊(height + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1, and likewise the width]`
 * @throws ShapeError when x is not a batch of images, or smaller than the window
 * @throws ValueError when an option is out of range
 */
export function maxPool2d(x: TensorLike, options: PoolOptions): Tensor {
  return pool(x, options).output;
}

/** {@link maxPool2d}, and the place in its plane (row·width + column) of each number that was chosen: -1 for padding alone. */
export function maxPool2dWithPlaces(x: TensorLike, options: PoolOptions): { output: Tensor; places: Int32Array } {
  const { output, chosen } = pool(x, options);
  // Where the relu before the pooling is shut, the place is noted as -2 - place; see kernels/pooling.ts.
  return { output, places: chosen().array.map((place) => (place < -1 ? -2 - place : place)) };
}

/** A pooling, and what it chose: for each output place, row·width + column in the plane, or -1 for padding alone. */
function pool(x: TensorLike, options: PoolOptions): { output: Tensor; chosen: () => IndexNumbers } {
  const inputs = operands('maxPool2d', { x });
  const { shape, sizes } = poolingSizes('maxPool2d', inputs.x.shape, options);
  const relu = recipeOf(inputs.x, 'relu');
  let chosen: IndexNumbers | undefined;
  const output = record({
    operation: 'maxPool2d',
    inputs,
    attributes: { ...options },
    value: (memory) => {
      const y = memory.allocate(inputs.x.dtype, sizeOf(shape));
      chosen = memory.indices(y.length);
      const [pooling, from] = relu ? [kernels.maxPool2dOfRelu, relu.x] : [kernels.maxPool2d, inputs.x];
      pooling(flatten(from.view, memory), y, chosen.array, ...sizes);
      return viewOf(y, shape);
    },
    vjps: { x: (g) => putChosen(g, chosen as IndexNumbers, inputs.x.shape, relu ? inputs.x : null) },
  });
  return { output, chosen: () => chosen as IndexNumbers };
}

/** x = zeros, to which each number of g is added at the place that was chosen for it: linear in g. */
function putChosen(g: Tensor, chosen: IndexNumbers, shape: Shape, relu: Tensor | null): Tensor {
  const x = record({
    operation: 'maxPool2dGradient',
    inputs: { g },
    postponed: shape,
    value: (memory) => {
      const x = memory.allocate(g.dtype, sizeOf(shape));
      kernels.putChosen(flatten(g.view, memory), chosen.array, x, ...planesOf(shape, g.shape));
      return viewOf(x, shape);
    },
    vjps: { g: (h) => takeChosen(h, chosen, g.shape, relu) },
  });
  return withRecipe(x, { kind: 'chosen', g, chosen, relu, isThroughRelu: false });
}

/** y = the numbers of x at the places that were chosen: the transpose of {@link putChosen}. */
function takeChosen(x: Tensor, chosen: IndexNumbers, shape: Shape, relu: Tensor | null): Tensor {
  return record({
    operation: 'takeChosen',
    inputs: { x },
    value: (memory) => {
      const y = memory.allocate(x.dtype, sizeOf(shape));
      kernels.takeChosen(flatten(x.view, memory), chosen.array, y, ...planesOf(x.shape, shape));
      return viewOf(y, shape);
    },
    vjps: { x: (g) => putChosen(g, chosen, x.shape, relu) },
  });
}

function planesOf(
  [batch, channels, height, width]: Shape,
  pooled: Shape,
): [planes: number, size: number, places: number] {
  return [batch * channels, height * width, pooled[2] * pooled[3]];
}
