/*
 * Which steps of a window meet numbers, along one axis. A step goes `dilation` numbers on; the others meet padding.
 */

/** The first step of a window, starting at `start`, that is not in the padding in front. */
export function firstStep(start: number, dilation: number): number {
  return start < 0 ? Math.ceil(-start / dilation) : 0;
}

/** One past the last step of a window that is not in the padding behind. */
export function endStep(start: number, dilation: number, length: number, steps: number): number {
  return Math.min(steps, Math.ceil((length - start) / dilation));
}
