import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { StepDescription, TapeDescription } from '../description/description.ts';
import type { Direction, PictureOptions } from '../notation/direction.ts';
import { stepsByLayer } from '../notation/step.ts';
import { type Box, boundsOf, type Point, type Size } from './boxes.ts';
import { checkPassed, checkSteps } from './checkSize.ts';
import { allGoDown, detourLanes, levelsIn } from './detourLanes.ts';
import { chooseDetours } from './detours.ts';
import { layerFrames } from './frames.ts';
import { joinPorts } from './ports.ts';
import { arrange, type Line, type Ranked } from './ranks.ts';
import { route } from './routes.ts';
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

/**
 * Where each step, line and label of a picture stands, in ranks: every step below (or to the right of) all that lead to it.
 * No two boxes overlap, and each line begins and ends at the rim of a box.
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor(3, { dtype: 'float64' }), 'x'));
 * layoutTape(describeTape(tape, { output: y })).steps.length // 2
 * @throws ValueError when the tape has more than a thousand steps, of which nobody could see anything, or so many long lines
 * that the picture would take minutes
 */
export function layoutTape(description: TapeDescription, options: LayoutOptions = {}, ...surplus: []): TapeLayout {
  checkSurplus('layoutTape', surplus);
  const {
    direction = 'down',
    sizeOfStep = cardSize,
    sizeOfLabel = labelSize,
  } = checkOptions('layoutTape', options, layoutOptions);
  const { steps } = description;
  checkSteps(steps.length);
  const links = steps.flatMap(({ index, inputs }) =>
    Object.entries(inputs).map(([input, from]) => ({ from, to: index, input })),
  );
  // Everything is laid out downwards, and turned at the end.
  const { turnSize, turnBox, turnPoint } = asDrawn(direction);
  const labelled = links.map((link) => ({ ...link, labelSize: turnSize(sizeOfLabel(steps[link.to], link.input)) }));
  const ranked = rankedWithDetours(steps, labelled, (step) => turnSize(sizeOfStep(step)));
  const levels = levelsIn(ranked);
  const bent = detourLanes(ranked, levels);
  const ports = joinPorts(ranked.steps, bent);
  const edges = bent.map(({ from, to, input, bends, label }, index): EdgeLayout => {
    const { there, back } = route(bends, ranked.steps[from], ranked.steps[to], ports[index], levels);
    return { from, to, input, there: there.map(turnPoint), back: back.map(turnPoint), label: turnBox(label) };
  });
  const boxes = ranked.steps.map((box, step): StepLayout => ({ step, ...turnBox(box) }));
  const layers = layerFrames(stepsByLayer(steps), boxes);
  return moveIntoView({ direction, steps: boxes, edges, layers });
}

/** Steps and lines in ranks, the longest lines beside them: all of these if that works out, else those for which it must. */
function rankedWithDetours(
  steps: readonly StepDescription[],
  lines: readonly Omit<Line, 'isDetour'>[],
  sizeOf: (step: StepDescription) => Size,
): Ranked {
  const ranked = (isCertain: boolean): Ranked => {
    const { isDetour, passed } = chooseDetours(steps, lines, isCertain);
    checkPassed(passed);
    return arrange(
      steps,
      lines.map((line, index) => ({ ...line, isDetour: isDetour[index] })),
      sizeOf,
    );
  };
  const first = ranked(false);
  return allGoDown(first) ? first : ranked(true);
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
