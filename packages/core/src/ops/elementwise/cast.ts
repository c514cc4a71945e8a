import type { DataType } from '../../kernels/dtype.ts';
import { elementwise, type FormulaTable, formula, one } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import { checkDataType, type TensorLike } from '../../tensor/create.ts';
import { copyInto } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/**
 * y = x in the other number type, element by element, rounded to the nearest float32 if that is the narrower one. Slope 1.
 *
 * @example cast([1, 2], 'float64').dtype // "float64"
 */
export function cast(x: TensorLike, dtype: DataType, ...surplus: []): Tensor {
  checkSurplus('cast', surplus);
  const inputs = operands('cast', { x });
  checkDataType('cast', dtype);
  return record({
    operation: 'cast',
    inputs,
    attributes: { dtype },
    shape: inputs.x.shape,
    dtype,
    value: (y) => copyInto(y, inputs.x.view),
    vjps: { x: (g) => cast(g, inputs.x.dtype) },
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  cast: ({ attributes }) =>
    elementwise({
      value: formula(`x as ${attributes.dtype}`, `x \\text{ as ${attributes.dtype}}`),
      slopes: { x: one },
      inWords: 'The number stays, its type changes; the cotangent goes back in the type it had.',
    }),
};
