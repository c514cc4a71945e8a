import { multiply, record, subtract, type Tensor, type TensorLike, tanh } from '@tapegrad/core';
import { flatten, viewOf } from '@tapegrad/core/authors';
import { type Reduction, reduceLosses, sameShapes } from './reduce.ts';

/**
 * Log-cosh loss: loss = ln cosh d with d = prediction - target, by default its mean over all elements. About d²/2 near the
 * target and |d| - ln 2 far from it, like Huber's loss, but without a seam: it has all its derivatives everywhere.
 *
 * Slope tanh d, which never pulls harder than 1; curvature 1 - tanh² d.
 *
 * @param prediction of any shape
 * @param target of the same shape
 * @throws ShapeError when the shapes differ
 */
export function logCoshLoss(
  prediction: TensorLike,
  target: TensorLike,
  { reduction = 'mean' }: { readonly reduction?: Reduction } = {},
): Tensor {
  const sides = sameShapes('logCoshLoss', prediction, target);
  return reduceLosses('logCoshLoss', logCosh(subtract(sides.prediction, sides.target)), reduction);
}

/** y = ln cosh x, place by place. It is fused for its digits: near 0 a chain of ops would lose them all. */
function logCosh(x: Tensor): Tensor {
  return record({
    operation: 'logCosh',
    inputs: { x },
    value: (memory) => {
      const y = memory.allocate(x.dtype, x.size);
      flatten(x.view, memory).forEach((number, at) => {
        y[at] = logCoshOf(number);
      });
      return viewOf(y, x.shape);
    },
    vjps: { x: (g) => multiply(g, tanh(x)) },
  });
}

/** ln(1 + 2·sinh²(x/2)) near 0, else |x| - ln 2 + ln(1 + e^-2|x|): cosh itself overflows beyond 710. */
function logCoshOf(x: number): number {
  const size = Math.abs(x);
  if (size < 1) return Math.log1p(2 * Math.sinh(x / 2) ** 2);
  return size - Math.LN2 + Math.log1p(Math.exp(-2 * size));
}
