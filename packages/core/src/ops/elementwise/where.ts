import * as kernels from '../../engine/kernels.ts';
import { cases, elementwise, type FormulaTable, formula, one, zero } from '../../notation/index.ts';
import { checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { broadcastShapes } from '../../tensor/shape.ts';
import { broadcastView, flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/**
 * z = x where the condition is not 0, else y, element by element, with broadcasting. The side that was not taken gets a
 * gradient of exactly 0, also where it holds NaN; the condition has none.
 *
 * @example where([1, 0], [10, 20], [-1, -2]) // [10, -2]
 */
export function where(condition: TensorLike, x: TensorLike, y: TensorLike, ...surplus: []): Tensor {
  checkSurplus('where', surplus);
  const inputs = operands('where', { condition, x, y });
  const shape = broadcastShapes('where', {
    condition: inputs.condition.shape,
    x: inputs.x.shape,
    y: inputs.y.shape,
  });
  return record({
    operation: 'where',
    inputs,
    shape,
    value: (z, memory) => {
      const [test, yes, no] = [inputs.condition, inputs.x, inputs.y].map(({ view }) =>
        flatten(broadcastView(view, shape), memory),
      );
      kernels.where(test, yes, no, z, z.length);
    },
    vjps: {
      condition: null,
      x: (g) => where(inputs.condition, g, 0),
      y: (g) => where(inputs.condition, 0, g),
    },
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  where: () => {
    const isChosen = formula('condition ≠ 0', '\\mathrm{condition} \\ne 0');
    return elementwise({
      output: 'z',
      value: cases(formula('x'), isChosen, formula('y')),
      slopes: { condition: null, x: cases(one, isChosen, zero), y: cases(zero, isChosen, one) },
      inWords:
        'The cotangent goes to the side that was taken; the other gets exactly 0, and the condition has no slope.',
    });
  },
};
