import * as kernels from '../../engine/kernels.ts';
import { elementwise, type Formula, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { binary } from './binary.ts';
import { multiply } from './multiply.ts';

/**
 * z = the larger of x and y, element by element, with broadcasting; NaN where one is. Equals share the gradient by halves.
 *
 * @example maximum([1, 5], [3, 2]) // [3, 5]
 */
export function maximum(x: TensorLike, y: TensorLike, ...surplus: []): Tensor {
  checkSurplus('maximum', surplus);
  return binary('maximum', x, y, kernels.maximum, {
    x: (g, x, y) => multiply(g, greaterShare(x, y)),
    y: (g, x, y) => multiply(g, greaterShare(y, x)),
  });
}

/**
 * z = the smaller of x and y, element by element, with broadcasting; NaN where one is. Equals share the gradient by halves.
 *
 * @example minimum([1, 5], [3, 2]) // [1, 2]
 */
export function minimum(x: TensorLike, y: TensorLike, ...surplus: []): Tensor {
  checkSurplus('minimum', surplus);
  return binary('minimum', x, y, kernels.minimum, {
    x: (g, x, y) => multiply(g, greaterShare(y, x)),
    y: (g, x, y) => multiply(g, greaterShare(x, y)),
  });
}

/** 1 where x > y, ½ where they are equal, 0 where x < y: the part of a maximum that is due to x. */
function greaterShare(x: Tensor, y: Tensor): Tensor {
  return binary('greaterShare', x, y, kernels.greaterShare, { x: null, y: null });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  maximum: () =>
    elementwise({
      output: 'z',
      value: formula('max(x, y)', '\\max(x, y)'),
      slopes: { x: shareWhere('x > y'), y: shareWhere('x < y') },
      inWords: toTheChosen,
    }),
  minimum: () =>
    elementwise({
      output: 'z',
      value: formula('min(x, y)', '\\min(x, y)'),
      slopes: { x: shareWhere('x < y'), y: shareWhere('x > y') },
      inWords: toTheChosen,
    }),
  greaterShare: () =>
    elementwise({
      output: 'z',
      value: shareWhere('x > y'),
      slopes: { x: null, y: null },
      inWords: 'How much of a maximum is due to the first; it has no slope.',
    }),
};

const toTheChosen = 'The cotangent goes to the one that was chosen; equals get half each.';

/** The formula of {@link greaterShare}, or of its opposite. */
function shareWhere(condition: string): Formula {
  return formula(
    `1 where ${condition}, 1/2 where x = y, else 0`,
    `\\begin{cases} 1 & ${condition} \\\\ \\tfrac12 & x = y \\\\ 0 & \\text{else} \\end{cases}`,
  );
}
