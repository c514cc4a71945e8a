import * as kernels from '../../engine/kernels.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { equal } from '../elementwise/compare.ts';
import { divide } from '../elementwise/divide.ts';
import { multiply } from '../elementwise/multiply.ts';
import { type ReductionOptions, reduction } from './reduction.ts';
import { sum } from './sum.ts';

/** y = the largest x over `axes` (all by default): -Infinity of nothing, NaN where there is one. Ties share the gradient equally. */
export function max(x: TensorLike, options: ReductionOptions = {}): Tensor {
  return reduction('max', x, options, kernels.max, shareAmongTies);
}

/** y = the smallest x over `axes` (all by default): Infinity of nothing, NaN where there is one. Ties share the gradient equally. */
export function min(x: TensorLike, options: ReductionOptions = {}): Tensor {
  return reduction('min', x, options, kernels.min, shareAmongTies);
}

function shareAmongTies(g: Tensor, x: Tensor, y: Tensor, axes: readonly number[]): Tensor {
  const isChosen = equal(x, y);
  return multiply(isChosen, divide(g, sum(isChosen, { axes, keepDims: true })));
}
