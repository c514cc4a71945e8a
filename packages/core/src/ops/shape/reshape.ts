import { ShapeError } from '../../errors.ts';
import { between, type FormulaTable, formula, moved, shapeIn } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { checkNumberList, formatShape, type Shape, sizeOf } from '../../tensor/shape.ts';
import { flatten, viewOf } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/**
 * y = the numbers of x, in row-major order, read by another shape. One length may be -1 and is then worked out.
 * Nothing is copied where x lies in row-major order already.
 *
 * @example reshape([1, 2, 3, 4], [2, -1]) // [[1, 2], [3, 4]]
 * @throws ShapeError when the sizes differ, or -1 cannot be worked out
 */
export function reshape(x: TensorLike, shape: Shape, ...surplus: []): Tensor {
  checkSurplus('reshape', surplus);
  const inputs = operands('reshape', { x });
  checkNumberList('reshape', 'shape', shape, 'Write the length of each axis, -1 for the one that is to be worked out');
  const resolved = resolveShape(inputs.x, shape);
  return record({
    operation: 'reshape',
    inputs,
    attributes: { shape: resolved },
    shape: resolved,
    view: (memory) => viewOf(flatten(inputs.x.view, memory), resolved),
    vjps: { x: (g) => reshape(g, inputs.x.shape) },
  });
}

function resolveShape(x: Tensor, shape: Shape): number[] {
  const known = sizeOf(shape.filter((length) => length !== -1));
  const isOpen = shape.filter((length) => length === -1).length;
  const open = x.size / known;
  const resolved = shape.map((length) => (length === -1 ? open : length));
  const isValid = isOpen <= 1 && resolved.every((length) => Number.isInteger(length) && length >= 0);
  if (isValid && sizeOf(resolved) === x.size) return resolved;
  throw new ShapeError({
    operation: 'reshape',
    got: `x is ${formatShape(x.shape)} with ${x.size} numbers, shape is ${formatShape(shape)}`,
    wanted: `a shape of ${x.size} numbers, with at most one -1`,
    remedy: 'Put -1 for the length that is to be worked out',
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  reshape: (facts) =>
    moved(facts, {
      value: (x) => between('y = ', x, ` read by the shape ${shapeIn(facts.attributes.shape)}`),
      meets: 'i and k are the same element in row-major order',
      product: (g) => between('', formula(g), ' read by the shape of the input'),
      inWords: 'Nothing is computed: the numbers are the same, and so are their cotangents.',
    }),
};
