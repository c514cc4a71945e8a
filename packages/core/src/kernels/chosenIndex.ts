/*
 * How pooling says what it chose. An index c = row·width + column of a plane is written as c, and as -2 - c where a relu that
 * was pooled over is shut there, so that its slope is 0.
 */

/** Stands in for an index where a window holds padding alone, as one of a dilated kernel may. */
export const nothing = -1;

/** The same index, and that the relu is shut there. */
export function shutAt(index: number): number {
  return -2 - index;
}

/** The index that was chosen, whether the relu is open there or shut; {@link nothing} stays what it is. */
export function indexOf(chosen: number): number {
  return chosen >= 0 ? chosen : -2 - chosen;
}
