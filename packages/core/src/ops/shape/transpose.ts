import { ShapeError } from '../../errors.ts';
import { between, type FormulaTable, formula, moved, shapeIn } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { checkNumberList, formatShape, resolveAxes, resolveAxis } from '../../tensor/shape.ts';
import { restride } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/**
 * y = x with its axes in another order: axis k of y is axis `order[k]` of x. Without an order all axes are reversed,
 * which for a matrix is the transpose. Nothing is copied.
 *
 * @example transpose([[1, 2, 3]]) // [[1], [2], [3]]
 * @throws ShapeError when the order does not name each axis once
 */
export function transpose(x: TensorLike, order?: readonly number[], ...surplus: []): Tensor {
  checkSurplus('transpose', surplus);
  const inputs = operands('transpose', { x });
  const { shape, rank } = inputs.x;
  if (order !== undefined)
    checkNumberList('transpose', 'order', order, 'Name the axes in their new order: `[0, 3, 1, 2]`');
  const axes = order
    ? order.map((axis) => resolveAxis('transpose', axis, rank))
    : Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  if (resolveAxes('transpose', axes, rank).length !== rank) {
    throw new ShapeError({
      operation: 'transpose',
      got: `x is ${formatShape(shape)}, order is ${formatShape(axes)}`,
      wanted: `an order of all ${rank} axes`,
      remedy: 'Name each axis once',
    });
  }
  const inverse = axes.map((_, axis) => axes.indexOf(axis));
  const permute = (lengths: readonly number[]): number[] => axes.map((axis) => lengths[axis]);
  return record({
    operation: 'transpose',
    inputs,
    attributes: { order: axes },
    shape: permute(shape),
    view: () => restride(inputs.x.view, permute(shape), permute(inputs.x.view.stride)),
    vjps: { x: (g) => transpose(g, inverse) },
  });
}

/** y = x with its last two axes exchanged: the transpose of each matrix of a batch. */
export function transposeMatrices(x: Tensor): Tensor {
  const order = x.shape.map((_, axis) => axis);
  const last = order.splice(-2, 2);
  return transpose(x, [...order, ...last.reverse()]);
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  transpose: (facts) =>
    moved(facts, {
      value: (x) => between('y = ', x, ` with its axes in the order ${shapeIn(facts.attributes.order)}`),
      meets: 'i is k with its axes in that order',
      product: (g) => between('', formula(g), ' with its axes put back'),
      inWords: 'Nothing is computed: each cotangent goes back to where its number came from.',
    }),
};
