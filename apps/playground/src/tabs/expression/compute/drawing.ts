import {
  arrowHead,
  type CardLine,
  type Direction,
  layoutTape,
  passedText,
  pathThrough,
  stepCard,
} from '@tapegrad/explain';
import type { ExpressionStudy } from '@tapegrad/expression';

/** A step as a box with its lines. */
export interface DrawnBox {
  readonly step: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly CardLine[];
  readonly isLeaf: boolean;
}

/** A line from an input to the step that uses it, and the one beside it for what comes back; paths for SVG. */
export interface DrawnLine {
  readonly from: number;
  readonly to: number;
  readonly input: string;
  readonly there: string;
  readonly thereHead: string;
  readonly back: string;
  readonly backHead: string;
  readonly label: { readonly x: number; readonly y: number };
  /** What comes back; `null` where nothing does. */
  readonly passed: string | null;
}

/** The picture of a tape, ready to be drawn. */
export interface Drawing {
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly DrawnBox[];
  readonly lines: readonly DrawnLine[];
}

/** Where each step, line and label stands: the layout of explain's picture, made here, off the page. */
export function drawTape({ tape }: ExpressionStudy, direction: Direction): Drawing {
  const { steps } = tape;
  const layout = layoutTape(tape, { direction });
  return {
    direction,
    width: layout.width,
    height: layout.height,
    boxes: layout.steps.map(({ step, x, y, width, height }) => ({
      step,
      x,
      y,
      width,
      height,
      lines: stepCard(steps[step]),
      isLeaf: Object.keys(steps[step].inputs).length === 0,
    })),
    lines: layout.edges.map(({ from, to, input, there, back, label }) => ({
      from,
      to,
      input,
      there: pathThrough(there, direction),
      thereHead: arrowHead(there[there.length - 1], direction, false),
      back: pathThrough(back, direction),
      backHead: arrowHead(back[0], direction, true),
      label: { x: label.x, y: label.y },
      passed: passedText(steps[to], input),
    })),
  };
}
