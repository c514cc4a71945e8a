import { ValueError } from '../errors.ts';
import { operands } from '../tape/record.ts';
import type { TensorLike } from '../tensor/create.ts';
import { resolveAxes } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { add } from './add.ts';
import { divide } from './divide.ts';
import { mean } from './mean.ts';
import { sqrt } from './sqrt.ts';
import { square } from './square.ts';
import { subtract } from './subtract.ts';

export interface StandardiseOptions {
  /** The axes that are taken together; negative ones count from the end. Default: all. */
  readonly axes?: number | readonly number[];
  /** What is added to the variance, so that constant numbers become 0 and not 0 / 0. Default: 1e-5. */
  readonly epsilon?: number;
}

/** Standardised numbers, and by what; the statistics keep the axes they were taken over, with length 1. */
export interface Standardised {
  readonly output: Tensor;
  readonly mean: Tensor;
  /** Σ (x - mean)² / n: biased, as if the n numbers were all there are. */
  readonly variance: Tensor;
}

/**
 * y = (x - mean) / √(variance + epsilon), with the mean and the biased variance over `axes`: the heart of all the
 * normalisations. Every number moves mean and variance too, so the gradient flows through them, and is blind to what
 * they take away: ∂x = (g - mean(g) - y·mean(g·y)) / √(variance + epsilon).
 *
 * Two passes: deviations first, then their squares, for Σx² - (Σx)²/n loses all digits where the mean is large. Where the
 * squares themselves overflow, from 1.8e19 in float32, y is 0.
 *
 * @throws ShapeError when an axis is not there, or named twice
 * @throws ValueError when epsilon is not a number of at least 0
 */
export function standardise(x: TensorLike, { axes, epsilon = 1e-5 }: StandardiseOptions = {}): Standardised {
  checkEpsilon('standardise', epsilon);
  const inputs = operands('standardise', { x });
  const over = { axes: resolveAxes('standardise', axes, inputs.x.rank), keepDims: true };
  const rough = mean(inputs.x, over);
  const deviations = subtract(inputs.x, rough);
  // The mean is rounded: where it is large beside the deviations, what it is off by is felt in all of them.
  const rest = mean(deviations, over);
  const centred = subtract(deviations, rest);
  const variance = mean(square(centred), over);
  return { output: divide(centred, sqrt(add(variance, epsilon))), mean: add(rough, rest), variance };
}

/** Throws a ValueError unless epsilon can be added to a variance. */
export function checkEpsilon(operation: string, epsilon: number): void {
  if (Number.isFinite(epsilon) && epsilon >= 0) return;
  throw new ValueError({
    operation,
    got: `epsilon is ${epsilon}`,
    wanted: 'a number of at least 0',
    remedy: 'Leave it out for 1e-5',
  });
}
