import * as kernels from '../engine/kernels.ts';
import type { StandardiseDetails } from '../ops/normalisation/standardise.ts';
import { sameShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type NormalisedForm, shortestLine } from './normalisedForm.ts';

/** Layer normalisation over the last axes: each row by itself, with a scale and a shift for each column. */
export function rowsOf(x: Tensor, { axes, groups, epsilon }: StandardiseDetails): NormalisedForm | null {
  const [outer, rows, columns] = groups;
  if (outer !== 1 || columns < shortestLine) return null;
  const layout = [rows, columns, epsilon] as const;
  return {
    isParameter: ({ shape }) =>
      sameShape(
        shape,
        x.shape.map((length, axis) => (axes.includes(axis) ? length : 1)),
      ),
    normalise: (numbers, moments, weight, bias, residual, y, withRelu) =>
      kernels.normaliseRows(numbers, moments, weight, bias, residual, y, ...layout, withRelu),
    sums: (g, gate, numbers, moments) => {
      const sums = new Float64Array(2 * columns);
      kernels.normaliseRowsSums(g, gate, numbers, moments, sums, ...layout);
      return sums;
    },
    parameterGradient: (sums, which, gradient) => {
      for (let column = 0; column < columns; column++) gradient[column] = sums[2 * column + which];
    },
    inputGradient: (g, gate, numbers, moments, weight, _sums, xGradient) =>
      kernels.normaliseRowsGradient(g, gate, numbers, moments, weight, xGradient, ...layout),
  };
}
