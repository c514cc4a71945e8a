import type { Memory } from '../engine/memory.ts';
import type { FloatArray } from '../kernels/dtype.ts';
import { reducedShape, sizeOf } from './shape.ts';
import { dtypeOf, flatten, type View } from './strided.ts';

/** Reduces the middle axis of `[outer, length, inner]`, giving `[outer, inner]`. */
export type ReductionKernel = (x: FloatArray, y: FloatArray, outer: number, length: number, inner: number) => void;

/**
 * Reduces a view over some of its axes (sorted, counted from the front), and writes the result to y. Neighbouring axes are
 * taken together, the last ones first, so that nothing has to be transposed.
 */
export function reduceView(
  view: View,
  axes: readonly number[],
  kernel: ReductionKernel,
  y: FloatArray,
  memory: Memory,
): void {
  let shape: readonly number[] = view.shape;
  let numbers = flatten(view, memory);
  if (axes.length === 0) kernel(numbers, y, y.length, 1, 1);
  for (let end = axes.length; end > 0; ) {
    let start = end - 1;
    while (start > 0 && axes[start - 1] === axes[start] - 1) start--;
    const group = axes.slice(start, end);
    const length = sizeOf(group.map((axis) => shape[axis]));
    const outer = sizeOf(shape.slice(0, group[0]));
    const inner = sizeOf(shape.slice(group[group.length - 1] + 1));
    const reduced = start === 0 ? y : memory.allocate(dtypeOf(view), outer * inner);
    kernel(numbers, reduced, outer, length, inner);
    numbers = reduced;
    shape = reducedShape(shape, group, true);
    end = start;
  }
}
