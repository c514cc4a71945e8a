import * as kernels from '../../engine/kernels.ts';
import { cases, elementwise, type FormulaTable, formula, one, zero } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from '../elementwise/unary.ts';

/** The smallest number above 0 and the largest below 6, in each type: between them lies what is neither 0 nor 6. */
const inside = {
  float32: [2 ** -149, 6 - 2 ** -21],
  float64: [Number.MIN_VALUE, 6 - 2 ** -50],
} as const;

/**
 * y = min(max(x, 0), 6), element by element: a relu that does not grow beyond 6, so that few bits are enough for it. Slope 1
 * between 0 and 6, and 0 outside and at the kinks, as in PyTorch.
 *
 * Source: Krizhevsky, "Convolutional deep belief networks on CIFAR-10", 2010.
 *
 * @example relu6([-1, 2, 8]) // [0, 2, 6]
 */
export function relu6(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('relu6', surplus);
  const inputs = operands('relu6', { x });
  const [low, high] = inside[inputs.x.dtype];
  const slope = (x: Tensor): Tensor =>
    unary('relu6Slope', x, (x, y, length) => kernels.within(x, y, length, low, high), null);
  return unary('relu6', inputs.x, (x, y, length) => kernels.clamp(x, y, length, 0, 6), slope);
}

const between = formula('0 < x < 6');

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  relu6: () =>
    elementwise({
      value: formula('min(max(x, 0), 6)', '\\min(\\max(x, 0), 6)'),
      slopes: { x: cases(one, between, zero) },
      inWords: 'Between 0 and 6 the cotangent passes; outside and at the kinks nothing does.',
    }),
  relu6Slope: () =>
    elementwise({
      value: cases(one, between, zero),
      slopes: { x: null },
      inWords: 'The slope of straight lines is flat.',
    }),
};
