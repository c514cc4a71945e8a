import { kernels } from '../engine/kernels.ts';
import { operands, record } from '../tape/record.ts';
import type { TensorLike } from '../tensor/create.ts';
import { type Shape, sizeOf } from '../tensor/shape.ts';
import { flatten, viewOf } from '../tensor/strided.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type PoolOptions, poolingSizes } from './poolingSizes.ts';

/** What a max pooling chose: for each output place, row·width + column in the plane, or -1 for padding alone. */
type Chosen = Int32Array;

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
  return maxPool2dWithPlaces(x, options).output;
}

/** {@link maxPool2d}, and the place in its plane (row·width + column) of each number that was chosen. */
export function maxPool2dWithPlaces(x: TensorLike, options: PoolOptions): { output: Tensor; places: Int32Array } {
  const inputs = operands('maxPool2d', { x });
  const { shape, sizes } = poolingSizes('maxPool2d', inputs.x.shape, options);
  const chosen = new Int32Array(sizeOf(shape));
  const output = record({
    operation: 'maxPool2d',
    inputs,
    attributes: { ...options },
    value: (memory) => {
      const y = memory.allocate(inputs.x.dtype, chosen.length);
      kernels.maxPool2d(flatten(inputs.x.view, memory), y, chosen, ...sizes);
      return viewOf(y, shape);
    },
    vjps: { x: (g) => putChosen(g, chosen, inputs.x.shape) },
  });
  return { output, places: chosen };
}

/** x = zeros, to which each number of g is added at the place that was chosen for it: linear in g. */
function putChosen(g: Tensor, chosen: Chosen, shape: Shape): Tensor {
  return record({
    operation: 'maxPool2dGradient',
    inputs: { g },
    value: (memory) => {
      const x = memory.allocate(g.dtype, sizeOf(shape));
      kernels.putChosen(flatten(g.view, memory), chosen, x, ...planesOf(shape, g.shape));
      return viewOf(x, shape);
    },
    vjps: { g: (h) => takeChosen(h, chosen, g.shape) },
  });
}

/** y = the numbers of x at the places that were chosen: the transpose of {@link putChosen}. */
function takeChosen(x: Tensor, chosen: Chosen, shape: Shape): Tensor {
  return record({
    operation: 'takeChosen',
    inputs: { x },
    value: (memory) => {
      const y = memory.allocate(x.dtype, sizeOf(shape));
      kernels.takeChosen(flatten(x.view, memory), chosen, y, ...planesOf(x.shape, shape));
      return viewOf(y, shape);
    },
    vjps: { x: (g) => putChosen(g, chosen, x.shape) },
  });
}

function planesOf(
  [batch, channels, height, width]: Shape,
  pooled: Shape,
): [planes: number, size: number, places: number] {
  return [batch * channels, height * width, pooled[2] * pooled[3]];
}
