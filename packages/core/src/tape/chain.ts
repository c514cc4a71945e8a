import * as kernels from '../engine/kernels.ts';
import { ShapeError } from '../errors.ts';
import { between, elementwise, type FormulaTable, formula, moved, one, shapeIn } from '../notation/index.ts';
import { checkSurplus } from '../options/index.ts';
import type { TensorLike } from '../tensor/create.ts';
import { reduceView } from '../tensor/reduce.ts';
import { broadcastShapes, checkShape, formatShape, type Shape, sameShape } from '../tensor/shape.ts';
import { broadcastView, flatten } from '../tensor/strided.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { operands, record } from './record.ts';

/*
 * The three ops that the chain rule itself is made of. A value that is used twice collects two cotangents, which are
 * added. A value that was broadcast was used once for each copy, so the cotangents of its copies are added too, and the
 * derivative of that sum is a broadcast again.
 */

/** y = a + b for cotangents of the same tensor. */
export function accumulate(a: Tensor, b: Tensor): Tensor {
  return record({
    operation: 'accumulate',
    inputs: { a, b },
    shape: a.shape,
    value: (y, memory) => kernels.add(flatten(a.view, memory), flatten(b.view, memory), y, a.size),
    vjps: { a: (g) => g, b: (g) => g },
  });
}

/**
 * y = x repeated along new axes in front and along axes of length 1, by NumPy's rule. Nothing is copied.
 *
 * @example broadcastTo([1, 2], [2, 2]) // [[1, 2], [1, 2]]
 * @throws ShapeError when x does not broadcast to `shape`
 */
export function broadcastTo(x: TensorLike, shape: Shape, ...surplus: []): Tensor {
  checkSurplus('broadcastTo', surplus);
  const inputs = operands('broadcastTo', { x });
  checkShape('broadcastTo', shape);
  if (!sameShape(broadcastShapes('broadcastTo', { x: inputs.x.shape, shape }), shape)) {
    throw new ShapeError({
      operation: 'broadcastTo',
      got: `x is ${formatShape(inputs.x.shape)}, shape is ${formatShape(shape)}`,
      wanted: 'a shape that x can be repeated to',
      remedy: 'Only axes of length 1, and new axes in front, are repeated',
    });
  }
  return record({
    operation: 'broadcastTo',
    inputs,
    attributes: { shape },
    shape,
    view: () => broadcastView(inputs.x.view, shape),
    vjps: { x: (g) => g },
  });
}

/** What patterns have to know of `sumTo`. */
export interface SumToDetails {
  /** The tensor whose whole cotangent x is, where it is one. */
  readonly cotangentOf: Tensor | null;
}

/**
 * y = x summed to `shape` over the axes by which x is larger: the transpose of {@link broadcastTo}.
 * `shape` must broadcast to the shape of x.
 */
export function sumTo(x: Tensor, shape: Shape, cotangentOf: Tensor | null = null): Tensor {
  if (sameShape(x.shape, shape)) return x;
  return record({
    operation: 'sumTo',
    inputs: { x },
    attributes: { shape },
    shape,
    details: { cotangentOf } satisfies SumToDetails,
    value: (y, memory) => reduceView(x.view, axesSummed(x.shape, shape), kernels.sum, y, memory),
    vjps: { x: (g) => broadcastTo(g, x.shape) },
  });
}

/** The axes that were added in front, and those that were repeated from length 1. */
function axesSummed(from: Shape, to: Shape): number[] {
  const added = from.length - to.length;
  return from.flatMap((length, axis) => (axis < added || (to[axis - added] === 1 && length !== 1) ? [axis] : []));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  accumulate: () =>
    elementwise({
      value: formula('a + b'),
      slopes: { a: one, b: one },
      inWords: 'Two cotangents of the same value are added; each receives the cotangent of the sum as it is.',
    }),
  broadcastTo: (facts) =>
    moved(facts, {
      value: (x) => between('y = ', x, ` repeated to the shape ${shapeIn(facts.attributes.shape)}`),
      meets: 'i is a copy of k',
      product: (g) => formula(`Σ ${g} over the copies`, `\\sum_{\\text{copies}} ${g}`),
      inWords: 'Each copy is a use, so the cotangents of the copies are added.',
    }),
  sumTo: (facts) =>
    moved(facts, {
      value: (x) => formula(`y = Σ ${x.text} over the copies`, `y = \\sum_{\\text{copies}} ${x.latex}`),
      meets: 'k is one of the copies added to i',
      product: (g) => between('', formula(g), ', repeated for each copy'),
      inWords: 'Every summand receives the cotangent of the sum as it is.',
    }),
};
