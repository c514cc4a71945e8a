import type { FloatArray } from '../../kernels/dtype.ts';
import { elementwise, type FormulaTable, formula } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { tanh } from '../activations/tanh.ts';
import { unary } from './unary.ts';

/**
 * y = ln cosh x, element by element: about x²/2 near 0, and |x| - ln 2 far from it. Slope tanh x. It is an op of its own for
 * its digits: near 0 a chain of ops would lose them all.
 *
 * @example logCosh([0, 1, 800]) // [0, 0.4338, 799.3068]
 */
export function logCosh(x: TensorLike, ...surplus: []): Tensor {
  checkSurplus('logCosh', surplus);
  return unary('logCosh', x, logCoshOfAll, (x) => tanh(x));
}

function logCoshOfAll(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i] = logCoshOf(x[i]);
}

/** ln(1 + 2·sinh²(x/2)) near 0, else |x| - ln 2 + ln(1 + e^-2|x|): cosh itself overflows beyond 710. */
function logCoshOf(x: number): number {
  const size = Math.abs(x);
  const half = Math.sinh(x / 2);
  if (size < 1) return Math.log1p(2 * half * half);
  return size - Math.LN2 + Math.log1p(Math.exp(-2 * size));
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  logCosh: () =>
    elementwise({
      value: formula('ln cosh x', '\\ln \\cosh x'),
      slopes: { x: formula('tanh(x)', '\\tanh(x)') },
      inWords: 'The slope of a logarithm of cosh is sinh/cosh, the tanh: it never pulls harder than 1.',
    }),
};
