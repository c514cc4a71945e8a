import type { StepDescription } from '../description/description.ts';
import { stepsByLayer } from '../notation/step.ts';
import type { Box, Point, Size } from './boxes.ts';
import { arrangeInRanks, type Placed, type RankedGraph } from './dagre.ts';
import { widthForPorts } from './ports.ts';

/** An input on its way from one step to another. */
export interface Line {
  readonly from: number;
  readonly to: number;
  readonly input: string;
  readonly labelSize: Size;
  /** Whether it goes beside the ranks, and enters them right above the step that uses it. */
  readonly isDetour: boolean;
}

/** A line with all that dagre says of it. */
export interface RankedLine extends Line {
  readonly bends: readonly Point[];
  readonly label: Box;
  /** Where a detour enters the ranks; null for a line that is in them from its beginning. */
  readonly entry: Box | null;
}

/** Steps and lines with their positions; steps by their indices. */
export interface Ranked {
  readonly steps: readonly Box[];
  readonly lines: readonly RankedLine[];
}

/** Between a line and its label; the way back is drawn there, beside the way there. */
const besideLine = 14;
const distances = { nodesep: 32, edgesep: 26, ranksep: 64 };
/** An entry has room for the way there and, beside it, the way back. */
const entrySize: Size = { width: 16, height: 1 };

/** Arranges steps in ranks, each below all that lead to it, with the lines between them and their labels. */
export function arrange(
  steps: readonly StepDescription[],
  lines: readonly Line[],
  sizeOf: (step: StepDescription) => Size,
): Ranked {
  const graph = arrangeInRanks(distances, (graph) => fill(graph, steps, lines, sizeOf));
  return {
    steps: steps.map(({ index }) => boxOf(graph.node(stepId(index)))),
    lines: lines.map((line, index) => {
      const { points, ...label } = graph.edge(startId(line, index), stepId(line.to), lineId(index));
      const entry = line.isDetour ? boxOf(graph.node(entryId(index))) : null;
      return { ...line, bends: points.slice(1, -1), label: boxOf(label), entry };
    }),
  };
}

function fill(
  graph: RankedGraph,
  steps: readonly StepDescription[],
  lines: readonly Line[],
  sizeOf: (step: StepDescription) => Size,
): void {
  for (const step of steps) {
    const { width, height } = sizeOf(step);
    const arriving = lines.filter(({ to }) => to === step.index).length;
    const leaving = lines.filter(({ from }) => from === step.index);
    const detours = leaving.filter(({ isDetour }) => isDetour).length;
    const ports = leaving.length - detours + Math.min(1, detours);
    graph.setNode(stepId(step.index), { width: Math.max(width, widthForPorts(arriving, ports)), height });
  }
  [...stepsByLayer(steps).values()].forEach((members, layer) => {
    graph.setNode(`layer ${layer}`, {});
    for (const { index } of members) graph.setParent(stepId(index), `layer ${layer}`);
  });
  lines.forEach((line, index) => {
    // dagre writes into what it is given, and gives no position to a label of no size.
    const label = {
      width: Math.max(1, line.labelSize.width),
      height: Math.max(1, line.labelSize.height),
      labelpos: 'r',
      labeloffset: besideLine,
    } as const;
    if (line.isDetour) graph.setNode(entryId(index), { ...entrySize });
    graph.setEdge(startId(line, index), stepId(line.to), label, lineId(index));
  });
}

/* dagre gets numbers, never the names that people gave. */
const stepId = (index: number): string => `step ${index}`;
const lineId = (index: number): string => `line ${index}`;
const entryId = (line: number): string => `entry ${line}`;
const startId = ({ from, isDetour }: Line, index: number): string => (isDetour ? entryId(index) : stepId(from));

/** From the middle of a box to its corner. */
function boxOf({ x, y, width, height }: Placed): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}
