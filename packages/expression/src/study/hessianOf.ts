import { concat, hessian, reshape, slice, type Tensor } from '@tapegrad/core';
import { type Problem, pointOf, valueAt } from './problem.ts';

/** ∂²y/∂a∂b for all numbers of all names: one row and one column for each. */
export interface HessianOfAll {
  /** What each row and column is of: `x`, or `w[0, 1]` for a number of an array. */
  readonly labels: readonly string[];
  readonly entries: readonly (readonly number[])[];
}

/** Of more numbers than this nobody reads the table. */
const most = 12;

/** The second derivatives by all wanted names together; `null` where these hold too many numbers. */
export function hessianOf(problem: Problem): HessianOfAll | null {
  const point = pointOf(problem);
  const sizes = point.map(({ size }) => size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > most || total === 0) return null;
  // One row of all numbers, from which each name takes its part: so the mixed derivatives are among them.
  const flat = concat(point.map((x) => reshape(x, [x.size])));
  const inputsOf = (row: Tensor): Tensor[] => {
    let start = 0;
    return point.map(({ shape, size }) => {
      start += size;
      return reshape(slice(row, [[start - size, start]]), shape);
    });
  };
  const labels = problem.wanted.flatMap((name, index) => labelsOf(name, point[index].shape));
  return { labels, entries: hessian((row) => valueAt(problem, inputsOf(row)), flat).toList() as number[][] };
}

function labelsOf(name: string, shape: readonly number[]): string[] {
  let indices: readonly (readonly number[])[] = [[]];
  for (const length of shape) {
    indices = indices.flatMap((index) => Array.from({ length }, (_, at) => [...index, at]));
  }
  return indices.map((index) => (index.length === 0 ? name : `${name}[${index.join(', ')}]`));
}
