import { checkOptions, type OptionNames } from '@tapegrad/core/authors';
import type { StepDescription, TapeDescription } from '../description/description.ts';
import type { Direction, PictureOptions } from '../notation/direction.ts';
import { stepsByLayer } from '../notation/step.ts';
import { type Box, boundsOf, type Point, type Size } from './boxes.ts';
import { checkSize } from './checkSize.ts';
import { arrangeInRanks, type Placed, type RankedGraph } from './dagre.ts';
import { layerFrames } from './frames.ts';
import { joinPorts, widthForPorts } from './ports.ts';
import { levelsOf, route } from './routes.ts';
import { cardSize, labelSize } from './sizes.ts';
import { asDrawn } from './turn.ts';

/** Where a step stands. */
export interface StepLayout extends Box {
  readonly step: number;
}

/** How an input goes from the step that made it to the one that uses it. */
export interface EdgeLayout {
  readonly from: number;
  readonly to: number;
  readonly input: string;
  /** From the rim of one box to the rim of the other; `pathThrough` makes a smooth line of them. */
  readonly there: readonly Point[];
  /** A line beside it for what comes back, from the same box to the same other. */
  readonly back: readonly Point[];
  /** Where its label stands, beside the line. */
  readonly label: Box;
}

/** The frame around the steps of a layer, and no others. Its name stands at the top. */
export interface LayerLayout extends Box {
  readonly layer: string;
}

/** A picture of a tape as positions: everything that one needs to draw it. */
export interface TapeLayout extends Size {
  readonly direction: Direction;
  readonly steps: readonly StepLayout[];
  readonly edges: readonly EdgeLayout[];
  /** Layers whose steps do not stand together have no frame. */
  readonly layers: readonly LayerLayout[];
}

export interface LayoutOptions extends PictureOptions {
  /** The least size of a step's box, where another card is drawn than that of `toSvg`. */
  readonly sizeOfStep?: (step: StepDescription) => Size;
  /** The size of the label of an input. */
  readonly sizeOfLabel?: (step: StepDescription, input: string) => Size;
}

const layoutOptions: OptionNames<LayoutOptions> = {
  direction: 'optional',
  sizeOfStep: 'optional',
  sizeOfLabel: 'optional',
};

/** An input on its way, with the size of its label as the picture lies while it is laid out. */
interface Line extends Size {
  readonly from: number;
  readonly to: number;
  readonly input: string;
}

/** Between a line and its label; the way back is drawn there, beside the way there. */
const besideLine = 14;
const distances = { nodesep: 32, edgesep: 26, ranksep: 64 };

/**
 * Where each step, line and label of a picture stands, in ranks: every step below (or to the right of) all that lead to it.
 * No two boxes overlap, and each line begins and ends at the rim of a box.
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor(3, { dtype: 'float64' }), 'x'));
 * layoutTape(describeTape(tape, { output: y })).steps.length // 2
 * @throws ValueError when the tape has more than a thousand steps, of which nobody could see anything, or lines so long
 * that the picture would take minutes
 */
export function layoutTape(description: TapeDescription, options: LayoutOptions = {}): TapeLayout {
  const {
    direction = 'down',
    sizeOfStep = cardSize,
    sizeOfLabel = labelSize,
  } = checkOptions('layoutTape', options, layoutOptions);
  checkSize(description.steps);
  // Everything is laid out downwards, and turned at the end.
  const { turnSize, turnBox, turnPoint } = asDrawn(direction);
  const { steps } = description;
  const lines = steps.flatMap((step): Line[] =>
    Object.entries(step.inputs).map(([input, from]) => ({
      from,
      to: step.index,
      input,
      ...turnSize(sizeOfLabel(step, input)),
    })),
  );
  const graph = arrangeInRanks(distances, (graph) => fill(graph, steps, lines, (step) => turnSize(sizeOfStep(step))));
  const ranked = steps.map(({ index }): StepLayout => ({ step: index, ...boxOf(graph.node(stepId(index))) }));
  const placed = lines.map((line, index) => ({
    line,
    ...graph.edge(stepId(line.from), stepId(line.to), lineId(index)),
  }));
  const levels = levelsOf([...ranked, ...placed.map(boxOf)]);
  const ports = joinPorts(
    ranked,
    placed.map(({ line, points }) => ({ ...line, bends: points.slice(1, -1) })),
  );
  const edges = placed.map(({ line: { from, to, input }, points, ...label }, index): EdgeLayout => {
    const { there, back } = route(points.slice(1, -1), ranked[from], ranked[to], ports[index], levels);
    return { from, to, input, there: there.map(turnPoint), back: back.map(turnPoint), label: turnBox(boxOf(label)) };
  });
  const boxes = ranked.map(turnBox);
  const layers = layerFrames(stepsByLayer(steps), boxes);
  return moveIntoView({ direction, steps: boxes, edges, layers });
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
    const leaving = lines.filter(({ from }) => from === step.index).length;
    graph.setNode(stepId(step.index), { width: Math.max(width, widthForPorts(arriving, leaving)), height });
  }
  [...stepsByLayer(steps).values()].forEach((members, layer) => {
    graph.setNode(`layer ${layer}`, {});
    for (const { index } of members) graph.setParent(stepId(index), `layer ${layer}`);
  });
  lines.forEach(({ from, to, width, height }, index) => {
    // dagre gives no position to a label of no size.
    const label = {
      width: Math.max(1, width),
      height: Math.max(1, height),
      labelpos: 'r',
      labeloffset: besideLine,
    } as const;
    graph.setEdge(stepId(from), stepId(to), label, lineId(index));
  });
}

/* dagre gets numbers, never the names that people gave. */
const stepId = (index: number): string => `step ${index}`;
const lineId = (index: number): string => `line ${index}`;

/** From the middle of a box to its corner. */
function boxOf({ x, y, width, height }: Placed): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** The picture with its upper left corner at 0, and a margin around it. */
function moveIntoView({ direction, steps, edges, layers }: Omit<TapeLayout, 'width' | 'height'>): TapeLayout {
  const margin = 20;
  const points = edges.flatMap(({ there, back }) => [...there, ...back]);
  const corners = [...points.map((point) => ({ ...point, width: 0, height: 0 })), ...edges.map(({ label }) => label)];
  const bounds = boundsOf([...steps, ...layers, ...corners]);
  const move = <Moved extends Point>(at: Moved): Moved => ({
    ...at,
    x: at.x - bounds.x + margin,
    y: at.y - bounds.y + margin,
  });
  return {
    direction,
    width: bounds.width + 2 * margin,
    height: bounds.height + 2 * margin,
    steps: steps.map(move),
    edges: edges.map((edge) => ({
      ...edge,
      there: edge.there.map(move),
      back: edge.back.map(move),
      label: move(edge.label),
    })),
    layers: layers.map(move),
  };
}
