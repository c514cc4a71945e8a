import { zeros } from '../tensor/create.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * The shape of what `compute` gives for inputs of these shapes, with all checks of the ops it calls.
 *
 * @example
 * shapeOf((x, weight) => conv2d(x, weight, { stride: 2 }), [1, 3, 28, 28], [8, 3, 5, 5]); // [1, 8, 12, 12]
 * @throws what the ops throw for inputs of these shapes
 */
export function shapeOf(compute: (...inputs: Tensor[]) => Tensor, ...shapes: readonly Shape[]): Shape {
  return compute(...shapes.map((shape) => zeros(shape))).shape;
}
