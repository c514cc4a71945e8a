import { ValueError } from '../../errors.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { divide } from '../elementwise/divide.ts';
import { multiply } from '../elementwise/multiply.ts';
import { elu } from './elu.ts';

export interface CeluOptions {
  /** The limit towards -Infinity is -alpha. More than 0; default 1. */
  readonly alpha?: number;
}

export const celuOptions: OptionNames<CeluOptions> = { alpha: 'optional' };

/**
 * y = x for x > 0, else alpha·(e^(x/alpha) - 1), element by element: an elu without a kink, whatever alpha is. Slope 1 above and
 * at 0, e^(x/alpha) below. It is alpha·elu(x/alpha).
 *
 * Source: Barron, "Continuously differentiable exponential linear units", 2017.
 *
 * @example celu([-1, 2], { alpha: 2 }) // [-0.7869, 2]
 * @throws ValueError when alpha is not a finite number greater than 0
 */
export function celu(x: TensorLike, options: CeluOptions = {}, ...surplus: []): Tensor {
  checkSurplus('celu', surplus);
  const { alpha = 1 } = checkOptions('celu', options, celuOptions);
  if (!(alpha > 0 && alpha < Infinity)) {
    throw new ValueError({
      operation: 'celu',
      got: `alpha is ${alpha}`,
      wanted: 'a finite number greater than 0',
      remedy: 'Leave it out for 1',
    });
  }
  const inputs = operands('celu', { x });
  if (alpha === 1) return elu(inputs.x);
  return multiply(elu(divide(inputs.x, alpha)), alpha);
}
