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
  zero,
} from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { greater } from '../elementwise/compare.ts';
import { multiply } from '../elementwise/multiply.ts';
import { unary } from '../elementwise/unary.ts';

/** The two numbers for which layers of selu keep mean 0 and variance 1. */
const selfNormalising = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

export interface EluOptions {
  /** The limit towards -Infinity is -alpha. Default: 1. */
  readonly alpha?: number;
}

export const eluOptions: OptionNames<EluOptions> = { alpha: 'optional' };

/**
 * y = x for x > 0, else alpha·(e^x - 1), element by element: a relu that bends towards -alpha. Slope 1 above 0, and alpha·e^x
 * below and at the kink at 0, as in PyTorch.
 *
 * Source: Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential linear units", 2015.
 *
 * @example elu([-1, 2]) // [-0.6321, 2]
 * @throws ValueError when alpha is not a finite number
 */
export function elu(x: TensorLike, options: EluOptions = {}, ...surplus: []): Tensor {
  checkSurplus('elu', surplus);
  const { alpha = 1 } = checkOptions('elu', options, eluOptions);
  if (!Number.isFinite(alpha)) {
    throw new ValueError({
      operation: 'elu',
      got: `alpha is ${alpha}`,
      wanted: 'a finite number',
      remedy: 'Leave it out for 1',
    });
  }
  return unary(
    'elu',
    x,
    (x, y, length) => kernels.elu(x, y, length, alpha, 1),
    (x) => eluSlope(x, alpha, 1),
    { alpha },
  );
}

/**
 * y = 1.0507·x for x > 0, else 1.0507·1.6733·(e^x - 1), element by element: an elu whose two numbers make the outputs of many
 * dense layers tend to mean 0 and variance 1. At 0 it has the slope of its lower half, 1.7581, as in PyTorch.
 *
 * Source: Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", 2017.
 *
 * @example selu([-1, 1]) // [-1.1113, 1.0507]
 */
export function selu(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('selu', surplus);
  const { alpha, scale } = selfNormalising;
  return unary(
    'selu',
    x,
    (x, y, length) => kernels.elu(x, y, length, alpha, scale),
    (x) => eluSlope(x, alpha * scale, scale),
  );
}

/** y = above for x > 0, else alpha·e^x. Its slope is of the same kind, with 0 above and at 0, as in PyTorch. */
function eluSlope(x: Tensor, alpha: number, above: number): Tensor {
  return unary(
    'eluSlope',
    x,
    (x, y, length) => kernels.eluSlope(x, y, length, alpha, above),
    // Of the two slopes at 0, PyTorch takes that of the straight half, 0.
    (x) => multiply(eluSlope(x, alpha, 0), greater(0, x)),
    { alpha, above },
  );
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  elu: ({ attributes }) => {
    const alpha = numberOf(attributes.alpha, 1);
    return elementwise({
      value: cases(formula('x'), formula('x > 0'), scaled(alpha, formula('(e^x - 1)', '(e^{x} - 1)'))),
      slopes: { x: cases(one, formula('x > 0'), scaled(alpha, formula('e^x', 'e^{x}'))) },
      inWords: 'A relu whose lower half bends: its slope falls towards 0 to the left, but never reaches it.',
    });
  },
  selu: () => {
    const { alpha, scale } = selfNormalising;
    const below = formula('(e^x - 1)', '(e^{x} - 1)');
    return elementwise({
      value: cases(scaled(scale, formula('x')), formula('x > 0'), scaled(alpha * scale, below)),
      slopes: { x: cases(constant(scale), formula('x > 0'), scaled(alpha * scale, formula('e^x', 'e^{x}'))) },
      inWords: 'An elu, scaled so that many layers of it keep mean 0 and variance 1.',
    });
  },
  eluSlope: ({ attributes }) => {
    const below = scaled(numberOf(attributes.alpha, 1), formula('e^x', 'e^{x}'));
    return elementwise({
      value: cases(constant(numberOf(attributes.above, 1)), formula('x > 0'), below),
      slopes: { x: cases(zero, formula('x ≥ 0', 'x \\ge 0'), below) },
      inWords: 'The slope of elu, which on its lower half is its own slope.',
    });
  },
};
