import * as kernels from '../../engine/kernels.ts';
import { type FormulaTable, formula, reduced } from '../../notation/index.ts';
import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import { full, type TensorLike } from '../../tensor/create.ts';
import { reducedShape, resolveAxes } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { timesSlope } from '../elementwise/chainRule.ts';
import { multiply } from '../elementwise/multiply.ts';
import { concat } from '../shape/concat.ts';
import { pad } from '../shape/pad.ts';
import { reshape } from '../shape/reshape.ts';
import { slice } from '../shape/slice.ts';
import { type ReductionOptions, reduction, reductionOptions } from './reduction.ts';

/**
 * y = Π x over `axes` (all by default); 1 where there is nothing to multiply. The gradient of each factor is the product
 * of the others, which is right for zeros too: one zero gets all of it, two leave none.
 *
 * @example product([2, 3, 4]) // 24
 */
export function product(x: TensorLike, options: ReductionOptions = {}, ...surplus: []): Tensor {
  checkSurplus('product', surplus);
  const { axes, keepDims = false } = checkOptions('product', options, reductionOptions);
  const inputs = operands('product', { x });
  const reduced = resolveAxes('product', axes, inputs.x.rank);
  const shape = reducedShape(inputs.x.shape, reduced, keepDims);
  if (reduced.length === inputs.x.rank) return reshape(alongAxis(reshape(inputs.x, [inputs.x.size]), 0), shape);
  return reshape(reduced.reduce(alongAxis, inputs.x), shape);
}

/** The product along one axis, which stays with length 1. */
function alongAxis(x: Tensor, axis: number): Tensor {
  return reduction('product', x, { axes: axis, keepDims: true }, kernels.product, (g, x) =>
    timesSlope(g, productOfOthers(x, axis)),
  );
}

/**
 * y[n] = the product of all x along the axis but x[n], without dividing. With the axis cut into halves a and b, the others
 * of a[n] are b[n] and all pairs a[k]·b[k] but the n-th: the same question for half as many numbers.
 */
function productOfOthers(x: Tensor, axis: number): Tensor {
  const length = x.shape[axis];
  if (length < 2) return full(x.shape, 1, { dtype: x.dtype });
  const part = (x: Tensor, start: number, stop: number): Tensor =>
    slice(x, [...x.shape.slice(0, axis).map(() => null), [start, stop]]);
  if (length % 2 === 1) {
    const even = pad(
      x,
      x.shape.map((_, other) => (other === axis ? [0, 1] : [0, 0])),
      { value: 1 },
    );
    return part(productOfOthers(even, axis), 0, length);
  }
  const [a, b] = [part(x, 0, length / 2), part(x, length / 2, length)];
  const otherPairs = productOfOthers(multiply(a, b), axis);
  return concat([multiply(b, otherPairs), multiply(a, otherPairs)], { axis });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  product: (facts) =>
    reduced(facts, {
      value: (x) => formula(`Π ${x.text}`, `\\prod ${x.latex}`),
      slope: (x) => formula(`Π ${x.text}[k] over all k ≠ i`, `\\prod_{k \\ne i} ${x.latex}_k`),
      product: (g, x) =>
        formula(`${g}·(the product of all other ${x.text})`, `${g} \\cdot \\prod_{k \\ne i} ${x.latex}_k`),
      inWords: 'Each factor receives the cotangent times the product of the others.',
    }),
};
