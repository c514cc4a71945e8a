import type { StepDescription } from '../description/description.ts';
import { type Box, boundsOf, overlap } from './boxes.ts';

const padding = 12;
/** The height of the line at the top in which the name of a layer stands. */
const frameTitleHeight = 20;

/** A frame around the steps of each layer, where no other step and no other frame stands in it. */
export function layerFrames(
  layers: ReadonlyMap<string, readonly StepDescription[]>,
  boxes: readonly Box[],
): readonly (Box & { readonly layer: string })[] {
  const all = [...layers].map(([layer, steps]) => ({
    layer,
    members: new Set(steps.map(({ index }) => index)),
    ...around(boundsOf(steps.map(({ index }) => boxes[index]))),
  }));
  const isAlone = (frame: (typeof all)[number]): boolean =>
    boxes.every((box, index) => frame.members.has(index) || !overlap(frame, box)) &&
    all.every((other) => other === frame || !overlap(frame, other));
  return all.filter(isAlone).map(({ layer, x, y, width, height }) => ({ layer, x, y, width, height }));
}

function around({ x, y, width, height }: Box): Box {
  return {
    x: x - padding,
    y: y - padding - frameTitleHeight,
    width: width + 2 * padding,
    height: height + 2 * padding + frameTitleHeight,
  };
}
