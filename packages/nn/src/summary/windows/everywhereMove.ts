import { written } from '../working.ts';
import type { AxisMove } from './axisMove.ts';

/** out = n, r₋₁ = n, j = 0: a layer that keeps the length of an axis, and each output of which sees all of it. */
export function everywhereMove(axis: string, length: number): AxisMove {
  return {
    axis,
    outLength: (before) => ({ formula: 'n', numbers: `${before}`, value: before }),
    fieldBefore: () => ({ formula: 'n', numbers: `${length}`, value: length }),
    jump: () => ({ formula: '0, for all see the same', numbers: '0', value: 0 }),
    start: (start, jump) => ({
      formula: 'start₋₁ + (n − 1)/2·j₋₁',
      numbers: `${written(start)} + (${length} − 1)/2·${written(jump)}`,
      value: start + ((length - 1) / 2) * jump,
    }),
  };
}
