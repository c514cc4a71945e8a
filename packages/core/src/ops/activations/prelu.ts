import { ShapeError } from '../../errors.ts';
import { checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { formatShape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { greater } from '../elementwise/compare.ts';
import { multiply } from '../elementwise/multiply.ts';
import { where } from '../elementwise/where.ts';
import { reshape } from '../shape/reshape.ts';

/**
 * y = x for x > 0, else weight·x, element by element: a relu whose slope below 0 is learnt. Slope by x: 1 above 0, `weight` below
 * and at 0, as in PyTorch; by the weight: the sum of all x that are not above 0.
 *
 * Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015.
 *
 * @param x of any shape, `[batch, channels, ...]` where each channel has a weight of its own
 * @param weight `[1]`, or `[channels]`
 * @example prelu([[-1, -1]], [0.1, 0.5]) // [[-0.1, -0.5]]
 * @throws ShapeError when the weight has another shape
 */
export function prelu(x: TensorLike, weight: TensorLike, ...surplus: []): Tensor {
  checkSurplus('prelu', surplus);
  const inputs = operands('prelu', { x, weight });
  const { shape, rank } = inputs.x;
  const [count] = inputs.weight.shape;
  if (inputs.weight.rank !== 1 || (count !== 1 && (rank < 2 || count !== shape[1]))) {
    throw new ShapeError({
      operation: 'prelu',
      got: `x is ${formatShape(shape)}, weight is ${formatShape(inputs.weight.shape)}`,
      wanted: rank < 2 ? 'a weight of shape [1]' : `a weight of shape [1] or [${shape[1]}], one for each channel`,
      remedy: 'Give one number for all elements, or one for each index along axis 1',
    });
  }
  const perChannel = count === 1 ? inputs.weight : reshape(inputs.weight, [count, ...shape.slice(2).map(() => 1)]);
  return where(greater(inputs.x, 0), inputs.x, multiply(perChannel, inputs.x));
}
