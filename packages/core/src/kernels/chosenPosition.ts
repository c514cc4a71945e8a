/*
 * How pooling says what it chose: a position c of a plane as c, and as -2 - c where a relu that was pooled over is shut there,
 * so that its slope is 0.
 */

/** Stands in for a position where a window holds padding alone, as one of a dilated kernel may. */
export const nothing = -1;

/** The same position, and that the relu is shut there. */
export function shutAt(position: number): number {
  return -2 - position;
}

/** The position that was chosen, whether the relu is open there or shut. */
export function positionOf(chosen: number): number {
  return chosen >= 0 ? chosen : -2 - chosen;
}

/** The first step of a window, starting at `start`, that is not in the padding in front. */
export function firstStep(start: number, dilation: number): number {
  return start < 0 ? Math.ceil(-start / dilation) : 0;
}

/** One past the last step of a window that is not in the padding behind. */
export function endStep(start: number, dilation: number, length: number, steps: number): number {
  return Math.min(steps, Math.ceil((length - start) / dilation));
}
