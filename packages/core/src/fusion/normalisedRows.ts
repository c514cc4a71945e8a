import * as kernels from '../engine/kernels.ts';
import type { StandardiseDetails } from '../ops/normalisation/standardise.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type NormalisedForm, shortestLine } from './normalisedForm.ts';

/** Layer normalisation over the last axes: each row by itself, with a scale and a shift for each column. */
export function rowsOf(x: Tensor, { groups, epsilon }: StandardiseDetails): NormalisedForm | null {
  const [outer, rows, columns] = groups;
  if (outer !== 1 || columns < shortestLine) return null;
  const layout = [rows, columns, epsilon] as const;
  return {
    isParameter: (numbers) => isPerColumn(numbers, x, columns),
    normalise: (numbers, moments, weight, bias, residual, y, isCut) =>
      kernels.normaliseRows(numbers, moments, weight, bias, residual, y, ...layout, isCut),
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

/** Whether numbers are one for each column: the last axes of x, and 1 along the others. */
function isPerColumn({ shape, size }: Tensor, x: Tensor, columns: number): boolean {
  let count = 1;
  for (let back = 1; back <= shape.length; back++) {
    const length = shape[shape.length - back];
    if (length !== (count < columns ? x.shape[x.rank - back] : 1)) return false;
    count *= length;
  }
  return size === columns;
}
