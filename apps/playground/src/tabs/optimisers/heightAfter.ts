import type { Walk } from './walks.ts';

/** How high a walk is after so many steps; `undefined` where it had left for infinity by then, or there is none. */
export function heightAfter(walk: Walk | undefined, step: number): number | undefined {
  if (walk === undefined) return undefined;
  const { heights, hasDiverged } = walk;
  if (hasDiverged && step >= heights.length - 1) return undefined;
  return heights[Math.min(step, heights.length - 1)];
}
