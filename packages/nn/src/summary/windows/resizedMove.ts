import type { InterpolateOptions } from '@tapegrad/core';
import type { resizedAxes } from '@tapegrad/core/authors';
import { written } from '../working.ts';
import type { AxisMove } from './axisMove.ts';

type Resized = NonNullable<ReturnType<typeof resizedAxes>[number]>;

/**
 * out = m, j = j₋₁·n/m, start = start₋₁ + (½·n/m − ½)·j₋₁
 *
 * Images at another size: output i lies at the position (i + ½)·n/m − ½ of the input, or with aligned corners at
 * i·(n − 1)/(m − 1), and sees one neighbour or both. How many pixels some outputs see together differs along the axis: the field is
 * the widest.
 */
export function resizedMove(
  axis: string,
  { lower, upper, shares }: Resized,
  length: number,
  { mode, alignCorners = false }: InterpolateOptions,
): AxisMove {
  const count = lower.length;
  const last = lower.map((index, at) => (shares && shares[at] > 0 ? upper[at] : index));
  const first = lower.map((index, at) => (shares && shares[at] === 1 ? upper[at] : index));
  const ratio = alignCorners ? (count === 1 ? 0 : (length - 1) / (count - 1)) : length / count;
  const ratioWritten = alignCorners ? `${length - 1}/${count - 1}` : `${length}/${count}`;
  const offset = alignCorners
    ? 0
    : mode === 'nearest' || mode === undefined
      ? Math.min(0, (ratio - 1) / 2)
      : (ratio - 1) / 2;
  return {
    axis,
    outLength: () => ({ formula: 'm', numbers: `${count}`, value: count }),
    fieldBefore: (field) => {
      const widest = widestRun(first, last, Math.min(field, count));
      const end = last[widest + Math.min(field, count) - 1];
      return {
        formula: 'last − first + 1 of what r outputs read, at most',
        numbers: `${end} − ${first[widest]} + 1`,
        value: end - first[widest] + 1,
      };
    },
    jump: (jump) => ({
      formula: alignCorners ? 'j₋₁·(n − 1)/(m − 1)' : 'j₋₁·n/m',
      numbers: `${written(jump)}·${ratioWritten}`,
      value: jump * ratio,
    }),
    start: (start, jump) => ({
      formula: alignCorners ? 'start₋₁' : 'start₋₁ + (½·n/m − ½)·j₋₁',
      numbers: alignCorners ? written(start) : `${written(start)} + ${written(offset)}·${written(jump)}`,
      value: start + offset * jump,
    }),
  };
}

/** The output from which `field` neighbours read the most. */
function widestRun(first: Int32Array, last: Int32Array, field: number): number {
  let widest = 0;
  for (let from = 1; from + field <= first.length; from++) {
    if (last[from + field - 1] - first[from] > last[widest + field - 1] - first[widest]) widest = from;
  }
  return widest;
}
