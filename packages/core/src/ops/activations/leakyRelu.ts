import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import {
  cases,
  constant,
  elementwise,
  type FormulaTable,
  formula,
  numberOf,
  one,
  scaled,
} from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from '../elementwise/unary.ts';

export interface LeakyReluOptions {
  /** The slope below 0. Default: 0.01. */
  readonly slope?: number;
}

export const leakyReluOptions: OptionNames<LeakyReluOptions> = { slope: 'optional' };

/**
 * y = x for x > 0, else slope·x, element by element: a relu that lets a small part through below 0. Slope 1 above 0, and `slope` below
 * and at the kink at 0, as in PyTorch.
 *
 * @example leakyRelu([-1, 2], { slope: 0.1 }) // [-0.1, 2]
 * @throws ValueError when the slope is not a finite number
 */
export function leakyRelu(x: TensorLike, options: LeakyReluOptions = {}, ...surplus: []): Tensor {
  checkSurplus('leakyRelu', surplus);
  const { slope = 0.01 } = checkOptions('leakyRelu', options, leakyReluOptions);
  if (!Number.isFinite(slope)) {
    throw new ValueError({
      operation: 'leakyRelu',
      got: `slope is ${slope}`,
      wanted: 'a finite number',
      remedy: 'Leave it out for 0.01',
    });
  }
  const slopes = (x: Tensor): Tensor =>
    unary('leakyReluSlope', x, (x, y, length) => kernels.leakyReluSlope(x, y, length, slope), null, { slope });
  return unary('leakyRelu', x, (x, y, length) => kernels.leakyRelu(x, y, length, slope), slopes, { slope });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  leakyRelu: ({ attributes }) => {
    const slope = numberOf(attributes.slope, 0.01);
    return elementwise({
      value: cases(formula('x'), formula('x > 0'), scaled(slope, formula('x'))),
      slopes: { x: cases(one, formula('x > 0'), constant(slope)) },
      inWords: 'Below 0 and at the kink a small part of the cotangent still passes.',
    });
  },
  leakyReluSlope: ({ attributes }) =>
    elementwise({
      value: cases(one, formula('x > 0'), constant(numberOf(attributes.slope, 0.01))),
      slopes: { x: null },
      inWords: 'The slope of two straight lines is flat.',
    }),
};
