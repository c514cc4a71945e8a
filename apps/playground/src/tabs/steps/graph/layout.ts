import { Graph, layout } from '@dagrejs/dagre';
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

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is used of dagre's graph; x and y are those of a box's middle. */
interface RankedGraph {
  setGraph(label: object): void;
  setDefaultEdgeLabel(label: () => object): void;
  setNode(name: string, size: { readonly width: number; readonly height: number }): void;
  setEdge(from: string, to: string): void;
  graph(): { readonly width: number; readonly height: number };
  node(name: string): Point & { readonly width: number; readonly height: number };
  edge(ends: { readonly v: string; readonly w: string }): { readonly points: readonly Point[] };
}

/** The least distance of two steps side by side that an arrow can be seen in. */
const leastGap = 14;
const across = { width: 76, head: 46, cell: 37, foot: 4, target: 17, mostGap: 40 };
const down = { leastWidth: 168, head: 30, cell: 62, rowHeight: 37, foot: 4, target: 17, gap: 26 };
const margin = 4;

/** Gives each step a position: from left to right where all of them fit into the width, else from top to bottom. */
export function arrangeSteps(boxes: readonly Box[], width: number): Placed {
  const gap = (width - 2 * margin - boxes.length * across.width) / Math.max(boxes.length - 1, 1);
  const isAcross = gap >= leastGap;
  const graph: RankedGraph = new Graph();
  graph.setGraph({
    rankdir: isAcross ? 'LR' : 'TB',
    ranksep: isAcross ? Math.min(gap, across.mostGap) : down.gap,
    nodesep: 20,
    edgesep: 20,
    marginx: margin,
    marginy: margin,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const box of boxes) graph.setNode(box.name, isAcross ? sizeAcross(box) : sizeDown(box));
  for (const { name, inputs } of boxes) for (const input of inputs) graph.setEdge(input, name);
  layout(graph);
  return {
    isAcross,
    width: graph.graph().width,
    height: graph.graph().height,
    boxes: boxes.map((box) => {
      const { x, y, width, height } = graph.node(box.name);
      return { ...box, left: x - width / 2, top: y - height / 2, width, height };
    }),
    edges: boxes.flatMap(({ name, inputs }) =>
      inputs.map((from) => ({ from, to: name, path: smooth(graph.edge({ v: from, w: name }).points) })),
    ),
  };
}

function sizeAcross({ cells, hasTarget }: Box): { width: number; height: number } {
  const cell = across.cell + (hasTarget ? across.target : 0);
  return { width: across.width, height: across.head + cells * cell + across.foot };
}

function sizeDown({ cells, hasTarget }: Box): { width: number; height: number } {
  const height = down.head + down.rowHeight + (hasTarget ? down.target : 0) + down.foot;
  return { width: Math.max(down.leastWidth, cells * down.cell + 8), height };
}

/** A line near the points that has no corners. */
function smooth(points: readonly Point[]): string {
  const parts = [`M${written(points[0])}`];
  for (let i = 1; i < points.length - 1; i++) {
    const isLast = i === points.length - 2;
    parts.push(`Q${written(points[i])} ${written(isLast ? points[i + 1] : middle(points[i], points[i + 1]))}`);
  }
  if (points.length === 2) parts.push(`L${written(points[1])}`);
  return parts.join('');
}

const written = ({ x, y }: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`;
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
