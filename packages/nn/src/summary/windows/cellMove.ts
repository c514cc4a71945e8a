import { written } from '../working.ts';
import type { AxisMove } from './axisMove.ts';
import { slidingMove } from './slidingMove.ts';

/**
 * Cell i of m sees ⌊i·n/m⌋ to ⌈(i + 1)·n/m⌉ − 1, as adaptive pooling cuts an axis of length n. Where m divides n that is a
 * window of n/m; otherwise the cells differ: the field is that of the widest, the start that of the first, and the jump
 * n/m on average.
 */
export function cellMove(axis: string, length: number, cells: number): AxisMove {
  if (length % cells === 0) {
    const kernel = length / cells;
    return slidingMove({ axis, kernel, stride: kernel, dilation: 1, before: 0, after: 0 });
  }
  return {
    axis,
    outLength: () => ({ formula: 'm', numbers: `${cells}`, value: cells }),
    fieldBefore: (field) => {
      const widest = widestRun(length, cells, field);
      return {
        formula: '⌈(i + r)·n/m⌉ − ⌊i·n/m⌋, at most',
        numbers: `⌈(${widest} + ${field})·${length}/${cells}⌉ − ⌊${widest}·${length}/${cells}⌋`,
        value: cellExtent(length, cells, widest, field),
      };
    },
    jump: (jump) => ({
      formula: 'j₋₁·n/m',
      numbers: `${written(jump)}·${length}/${cells}`,
      value: (jump * length) / cells,
    }),
    start: (start, jump) => ({
      formula: 'start₋₁ + (⌈n/m⌉ − 1)/2·j₋₁',
      numbers: `${written(start)} + (⌈${length}/${cells}⌉ − 1)/2·${written(jump)}`,
      value: start + ((Math.ceil(length / cells) - 1) / 2) * jump,
    }),
  };
}

/** The cell from which `count` cells cover most. */
function widestRun(length: number, cells: number, count: number): number {
  let widest = 0;
  for (let first = 1; first + count <= cells; first++) {
    if (cellExtent(length, cells, first, count) > cellExtent(length, cells, widest, count)) widest = first;
  }
  return widest;
}

/** How many numbers `count` neighbouring cells cover, from the cell `first` on. */
export function cellExtent(length: number, cells: number, first: number, count: number): number {
  return Math.ceil(((first + count) * length) / cells) - Math.floor((first * length) / cells);
}
