import type { Shape } from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';
import { Add } from '@tapegrad/nn';
import { DataFlow, type Flowing } from './dataFlow.ts';
import { Joins } from './joins.ts';
import type { Recipe } from './translate.ts';
import type { PlacedNode } from './translator.ts';

/** How many residual blocks may lie within each other. */
const deepest = 32;

/** One entry of a row: a layer, or a block of two rows. */
export type Part = Recipe | { readonly body: Row; readonly shortcut: Row };

/** Layers one behind the other, not made yet. */
export interface Row {
  readonly parts: readonly Part[];
  /** What comes out, without the batch axis. */
  readonly shape: Shape;
}

/** A row, and the value that comes out. */
interface Way extends Row {
  readonly end: string;
}

/** Nodes between one input and one output. */
export interface Straight {
  readonly nodes: readonly PlacedNode[];
  readonly input: string;
  readonly inputShape: Shape;
  readonly output: string;
}

/**
 * Goes from the input to the output, and writes down the layers on the way: a row, in which two rows that begin with the same
 * value and are added are a residual block.
 */
export class Walk {
  readonly #ends: Straight;
  readonly #flow: DataFlow<PlacedNode>;
  readonly #joins: Joins<PlacedNode>;

  constructor(ends: Straight) {
    this.#ends = ends;
    const graph: Flowing<PlacedNode> = { nodes: ends.nodes, inputs: [ends.input], outputs: [ends.output] };
    this.#flow = new DataFlow(graph);
    this.#joins = new Joins(ends.nodes, this.#flow);
  }

  /** `undefined` where the graph is more than a row of layers and residual blocks. */
  row(): Row | undefined {
    const { input, inputShape, output } = this.#ends;
    const row = this.#from(input, inputShape);
    return row?.end === output ? row : undefined;
  }

  /**
   * The layers from a value to the node `stop`, or to the end.
   *
   * @param first where to go on from the value; by default to all nodes that take it
   */
  #from(value: string, shape: Shape, first?: readonly PlacedNode[], stop?: PlacedNode, depth = 0): Way | undefined {
    const parts: Part[] = [];
    let [at, current, takers] = [value, shape, first ?? this.#flow.takersOf(value)];
    for (;;) {
      if (takers.length > 0 && at === this.#ends.output) return undefined;
      if (takers.length === 0 || (takers.length === 1 && takers[0] === stop)) return { parts, shape: current, end: at };
      const node = takers.length === 1 ? takers[0] : this.#joins.joinOf(takers);
      if (!node) return undefined;
      const [step, ...behind] = node.steps;
      if (takers.length === 1) {
        if (!('make' in step)) return undefined;
        parts.push(step);
      } else {
        const block = depth < deepest ? this.#block(at, current, takers, node, depth) : undefined;
        if (!block) return undefined;
        parts.push(block);
      }
      for (const each of behind) if ('make' in each) parts.push(each);
      [at, current, takers] = [node.output, node.shape, this.#flow.takersOf(node.output)];
    }
  }

  /** Two ways from one value to a sum. */
  #block(value: string, shape: Shape, takers: readonly PlacedNode[], join: PlacedNode, depth: number) {
    const starts = this.#sides(value, takers, join);
    const ways = starts?.map((side) => this.#from(value, shape, side, join, depth + 1));
    const [body, shortcut] = ways ?? [];
    if (!body || !shortcut || !sameShape(body.shape, shortcut.shape)) return undefined;
    // A sum has no order; the way on which nothing is done is the shortcut.
    return body.parts.length === 0 ? { body: shortcut, shortcut: body } : { body, shortcut };
  }

  /** Which of the nodes that take a value lead to which side of a sum. */
  #sides(value: string, takers: readonly PlacedNode[], join: PlacedNode): PlacedNode[][] | undefined {
    const sides: PlacedNode[][] = [[], []];
    const [step] = join.steps;
    if (!('join' in step) || !(step.join() instanceof Add) || join.inputs.length !== 2) return undefined;
    for (const taker of takers) {
      const end = taker === join ? value : this.#joins.lastBefore(taker, join).output;
      const isFirst = join.inputs[0] === end && (end !== value || sides[0].length === 0);
      if (!isFirst && join.inputs[1] !== end) return undefined;
      sides[isFirst ? 0 : 1].push(taker);
    }
    return sides.some((side) => side.length === 0) ? undefined : sides;
  }
}
