import * as kernels from '../../engine/kernels.ts';
import { cases, elementwise, type FormulaTable, formula, one, type StepFormulas, zero } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { binary } from './binary.ts';

/**
 * z = 1 where x = y, else 0, element by element, with broadcasting. It has no gradient.
 *
 * @example equal([1, 2], [1, 3]) // [1, 0]
 */
export function equal(x: TensorLike, y: TensorLike, ...surplus: []): Tensor {
  checkSurplus('equal', surplus);
  return binary('equal', x, y, kernels.equal, { x: null, y: null });
}

/**
 * z = 1 where x > y, else 0, element by element, with broadcasting. It has no gradient.
 *
 * @example greater([1, 2, 3], 2) // [0, 0, 1]
 */
export function greater(x: TensorLike, y: TensorLike, ...surplus: []): Tensor {
  checkSurplus('greater', surplus);
  return binary('greater', x, y, kernels.greater, { x: null, y: null });
}

/**
 * z = 1 where x ≥ y, else 0, element by element, with broadcasting. It has no gradient.
 *
 * @example greaterOrEqual([1, 2, 3], 2) // [0, 1, 1]
 */
export function greaterOrEqual(x: TensorLike, y: TensorLike, ...surplus: []): Tensor {
  checkSurplus('greaterOrEqual', surplus);
  return binary('greaterOrEqual', x, y, kernels.greaterOrEqual, { x: null, y: null });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  equal: () => comparison('=', '='),
  greater: () => comparison('>', '>'),
  greaterOrEqual: () => comparison('≥', '\\ge'),
};

function comparison(sign: string, latex: string): StepFormulas {
  return elementwise({
    output: 'z',
    value: cases(one, formula(`x ${sign} y`, `x ${latex} y`), zero),
    slopes: { x: null, y: null },
    inWords: 'A question with the answers 1 and 0 has no slope.',
  });
}
