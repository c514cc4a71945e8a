import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import {
  cases,
  constant,
  elementwise,
  type Formula,
  type FormulaTable,
  formula,
  numberOf,
  one,
  zero,
} from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from './unary.ts';

export interface ClampOptions {
  /** The lower bound. Default: none. */
  readonly min?: number;
  /** The upper bound. Default: none. It wins where it is below the lower one. */
  readonly max?: number;
}

const clampOptions: OptionNames<ClampOptions> = { min: 'optional', max: 'optional' };

/**
 * y = min(max(x, min), max), element by element. Slope 1 between the bounds and on them, 0 outside, as in PyTorch.
 *
 * @example clamp([-1, 0.5, 2], { min: 0, max: 1 }) // [0, 0.5, 1]
 * @throws ValueError when a bound is NaN
 */
export function clamp(x: TensorLike, options: ClampOptions, ...surplus: []): Tensor {
  checkSurplus('clamp', surplus);
  const { min = -Infinity, max = Infinity } = checkOptions('clamp', options, clampOptions);
  if (Number.isNaN(min) || Number.isNaN(max)) {
    throw new ValueError({
      operation: 'clamp',
      got: `min is ${min}, max is ${max}`,
      wanted: 'two numbers',
      remedy: 'Leave a bound out where there is none',
    });
  }
  const inputs = operands('clamp', { x });
  // Rounded to the type of x, so that what was clamped once lies on the bounds and not outside by a rounding error.
  const [low, high] = inputs.x.dtype === 'float32' ? [Math.fround(min), Math.fround(max)] : [min, max];
  const isWithin = (x: Tensor): Tensor =>
    unary('within', x, (x, y, length) => kernels.within(x, y, length, low, high), null, { min, max });
  return unary('clamp', inputs.x, (x, y, length) => kernels.clamp(x, y, length, low, high), isWithin, { min, max });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  clamp: ({ attributes }) => {
    const { low, high, isWithin } = boundsIn(attributes);
    return elementwise({
      value: formula(`min(max(x, ${low.text}), ${high.text})`, `\\min(\\max(x, ${low.latex}), ${high.latex})`),
      slopes: { x: cases(one, isWithin, zero) },
      inWords: 'Between the bounds and on them the cotangent passes, outside nothing does.',
    });
  },
  within: ({ attributes }) =>
    elementwise({
      value: cases(one, boundsIn(attributes).isWithin, zero),
      slopes: { x: null },
      inWords: 'A question with the answers 1 and 0 has no slope.',
    }),
};

function boundsIn({
  min,
  max,
}: Readonly<Record<string, unknown>>): Readonly<Record<'low' | 'high' | 'isWithin', Formula>> {
  const [low, high] = [constant(numberOf(min, -Infinity)), constant(numberOf(max, Infinity))];
  return { low, high, isWithin: formula(`${low.text} ≤ x ≤ ${high.text}`, `${low.latex} \\le x \\le ${high.latex}`) };
}
