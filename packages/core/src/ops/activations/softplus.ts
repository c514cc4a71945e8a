import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { multiply } from '../elementwise/multiply.ts';
import { subtract } from '../elementwise/subtract.ts';
import { unary } from '../elementwise/unary.ts';

export interface SoftplusOptions {
  /** How sharply it bends: the larger, the more it is a relu. Default: 1. */
  readonly beta?: number;
  /** Where beta·x is larger than this, y is x itself. Default: 20. */
  readonly threshold?: number;
}

/**
 * y = ln(1 + e^(beta·x)) / beta, place by place: a smooth relu. Slope 1 / (1 + e^(-beta·x)). Where beta·x > threshold,
 * y = x and the slope is 1, as in PyTorch; without overflow also for a threshold of Infinity.
 *
 * @throws ValueError when beta is 0 or not finite, or the threshold is NaN
 */
export function softplus(x: TensorLike, { beta = 1, threshold = 20 }: SoftplusOptions = {}): Tensor {
  if (!Number.isFinite(beta) || beta === 0 || Number.isNaN(threshold)) {
    throw new ValueError({
      operation: 'softplus',
      got: `beta is ${beta}, threshold is ${threshold}`,
      wanted: 'a finite beta other than 0, and a number for the threshold',
      remedy: 'Leave them out for 1 and 20',
    });
  }
  const slope = (x: Tensor): Tensor =>
    unary(
      'softplusSlope',
      x,
      (x, y, length) => kernels.softplusSlope(x, y, length, beta, threshold),
      (_x, s) => multiply(beta, multiply(s, subtract(1, s))),
      { beta, threshold },
    );
  return unary('softplus', x, (x, y, length) => kernels.softplus(x, y, length, beta, threshold), slope, {
    beta,
    threshold,
  });
}
