/** How many heights a picture of a valley has along each side. */
export const grain = 61;

/** A little more than a side of the frame: contours bend where a picture ends, which is then out of sight. */
export function beyond([from, to]: readonly [number, number]): readonly [from: number, to: number] {
  const more = (to - from) / 20;
  return [from - more, to + more];
}
