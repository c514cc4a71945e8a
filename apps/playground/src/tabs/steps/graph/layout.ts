import type { ChainName } from '../chainNames.ts';

/** A step as a box, before it has a position. */
export interface Box {
  readonly name: ChainName;
  readonly inputs: readonly ChainName[];
  /** How many numbers stand in it. */
  readonly cells: number;
  /** Whether the target stands beside each number. */
  readonly hasTarget: boolean;
}

export interface PlacedBox extends Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly from: ChainName;
  readonly to: ChainName;
  /** For the `d` of an SVG path, from the input to the step. */
  readonly path: string;
}

export interface Placed {
  /** Whether the chain runs from left to right, with the numbers of a step below each other. */
  readonly isAcross: boolean;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly edges: readonly PlacedEdge[];
}

/** The least distance of two steps side by side that an arrow can be seen in. */
const leastGap = 14;
const across = { width: 76, head: 46, cell: 37, foot: 4, target: 17, mostGap: 40, lane: 34 };
const down = { leastWidth: 168, head: 30, cell: 62, rowHeight: 37, foot: 4, target: 17, gap: 26, lane: 60 };
const margin = 4;
/** Between a line that passes by a step and the step. */
const clearance = 14;

/** A box in terms of the chain: how long it is along it, how far it reaches across it, and where its middle lies across. */
interface Placing {
  readonly box: Box;
  readonly from: number;
  readonly length: number;
  readonly breadth: number;
  readonly middle: number;
}

/**
 * Gives each step a position: from left to right where all of them fit into the width, else from top to bottom. Steps stand
 * on one line; one that another arrow passes by stands aside, so that all arrows are straight.
 */
export function arrangeSteps(boxes: readonly Box[], width: number): Placed {
  const gap = (width - 2 * margin - boxes.length * across.width) / Math.max(boxes.length - 1, 1);
  const isAcross = gap >= leastGap;
  const { lane } = isAcross ? across : down;
  const placings = placed(boxes, isAcross, isAcross ? Math.min(gap, across.mostGap) : down.gap);
  const least = Math.min(...placings.map(({ middle, breadth }) => middle - breadth / 2));
  const most = Math.max(...placings.map(({ middle, breadth }) => middle + breadth / 2));
  const last = placings[placings.length - 1];
  const sides = [last.from + last.length + margin, most - least + 2 * margin];
  const at = (along: number, aside: number): Point => {
    const beside = aside - least + margin;
    return isAcross ? { x: along, y: beside } : { x: beside, y: along };
  };
  return {
    isAcross,
    width: isAcross ? sides[0] : sides[1],
    height: isAcross ? sides[1] : sides[0],
    boxes: placings.map(({ box, from, length, breadth, middle }) => {
      const { x: left, y: top } = at(from, middle - breadth / 2);
      return { ...box, left, top, width: isAcross ? length : breadth, height: isAcross ? breadth : length };
    }),
    edges: placings.flatMap((to, index) =>
      to.box.inputs.flatMap((input) => {
        const from = placings.find(({ box }) => box.name === input);
        if (!from) return [];
        const isPassing = placings.indexOf(from) < index - 1;
        // Straight into the step that stands aside, or out of it; past it on the other side.
        const aside = isPassing ? -lane : Math.abs(from.middle) > Math.abs(to.middle) ? from.middle : to.middle;
        const path = `M${written(at(from.from + from.length, aside))}L${written(at(to.from, aside))}`;
        return [{ from: input, to: to.box.name, path }];
      }),
    ),
  };
}

function placed(boxes: readonly Box[], isAcross: boolean, gap: number): Placing[] {
  const { lane } = isAcross ? across : down;
  let from = margin;
  return boxes.map((box, index) => {
    const size = isAcross ? sizeAcross(box) : sizeDown(box);
    const [length, breadth] = isAcross ? [size.width, size.height] : [size.height, size.width];
    const isPassed = boxes.some(
      ({ inputs }, later) =>
        later > index && inputs.some((input) => boxes.findIndex(({ name }) => name === input) < index),
    );
    const placing = { box, from, length, breadth, middle: isPassed ? clearance - lane + breadth / 2 : 0 };
    from += length + gap;
    return placing;
  });
}

function sizeAcross({ cells, hasTarget }: Box): { width: number; height: number } {
  const cell = across.cell + (hasTarget ? across.target : 0);
  return { width: across.width, height: across.head + cells * cell + across.foot };
}

function sizeDown({ cells, hasTarget }: Box): { width: number; height: number } {
  const height = down.head + down.rowHeight + (hasTarget ? down.target : 0) + down.foot;
  return { width: Math.max(down.leastWidth, cells * down.cell + 8), height };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const written = ({ x, y }: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`;
