import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { equal } from '../elementwise/compare.ts';
import { sqrt } from '../elementwise/sqrt.ts';
import { where } from '../elementwise/where.ts';
import { type VarianceOptions, variance, varianceOptions } from './variance.ts';

/**
 * y = √(Σ (x - mean)² / (n - correction)) over `axes` (all by default), where n numbers go into each mean. Slope
 * (x - mean) / ((n - correction)·y); where all numbers are the same, y is 0 and no derivative exists, it is 0, a
 * subgradient: √(variance) written in ops gives NaN there. NaN of what `variance` is NaN of.
 *
 * @example standardDeviation([1, 3]) // 1.4142
 * @throws ValueError when the correction is not a finite number
 */
export function standardDeviation(x: TensorLike, options: VarianceOptions = {}, ...surplus: []): Tensor {
  checkSurplus('standardDeviation', surplus);
  checkOptions('standardDeviation', options, varianceOptions);
  const y = variance(operands('standardDeviation', { x }).x, options);
  const isConstant = equal(y, 0);
  // The root of 1 stands in for that of 0, whose slope is infinite; neither it nor its slopes are chosen.
  return where(isConstant, 0, sqrt(where(isConstant, 1, y)));
}
