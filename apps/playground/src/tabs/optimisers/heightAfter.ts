import type { Walk } from './walks.ts';

/** How high a walk is after so many steps, or that it had left for infinity by then; `undefined` where it is not there yet. */
export function heightAfter(walk: Walk | undefined, step: number): number | 'diverged' | undefined {
  if (walk === undefined) return undefined;
  const { heights, hasDiverged } = walk;
  return hasDiverged && step >= heights.length - 1 ? 'diverged' : heights[step];
}
