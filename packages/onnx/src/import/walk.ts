import { formatShape, Random, type Shape, TapegradError } from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';
import { type Layer, Residual } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { activations } from './activations.ts';
import { convolutions } from './convolutions.ts';
import { DataFlow } from './dataFlow.ts';
import { type Graph, type GraphNode, unknownOperation } from './graph.ts';
import { Joins } from './joins.ts';
import { normalisations } from './normalisations.ts';
import { poolings } from './poolings.ts';
import { resizing } from './resizing.ts';
import { ShapeValues } from './shapeValues.ts';
import type { Shelf } from './shelf.ts';
import { structure } from './structure.ts';
import type { Recipe, Translate } from './translate.ts';

const translations: ReadonlyMap<string, Translate> = new Map(
  [activations, convolutions, poolings, resizing, normalisations, structure].flatMap((each) => Object.entries(each)),
);

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

export interface WalkOptions {
  readonly inputShape: Shape;
  readonly opset: number;
  readonly batch: number | undefined;
}

/** Goes through a graph from its input to its output, and writes down the layers on the way. */
export class Walk {
  readonly #graph: Graph;
  readonly #flow: DataFlow;
  readonly #joins: Joins;
  readonly #shelf: Shelf;
  readonly #shapes: ShapeValues;
  readonly #options: WalkOptions;

  constructor(graph: Graph, shelf: Shelf, options: WalkOptions) {
    this.#graph = graph;
    this.#flow = new DataFlow(graph);
    this.#joins = new Joins(graph.nodes, this.#flow);
    this.#shelf = shelf;
    this.#shapes = new ShapeValues(graph.nodes, shelf);
    this.#options = options;
  }

  /** @throws OnnxError when the graph is more than a row of layers and residual blocks, or has a node without a layer */
  row(): Row {
    const { input, output } = this.#graph;
    const { inputShape } = this.#options;
    const row = this.#from(input, inputShape);
    if (row.end === output) return row;
    throw new OnnxError({
      operation: 'importOnnx',
      got: `the output ${JSON.stringify(output.slice(0, 80))}, to which the input does not lead`,
      wanted: 'a model whose output depends on its input',
      remedy: 'Check which output was exported',
    });
  }

  /**
   * The layers from a value to the node `stop`, or to the end.
   *
   * @param first where to go on from the value; by default to all nodes that take it
   */
  #from(value: string, shape: Shape, first?: readonly GraphNode[], stop?: GraphNode, depth = 0): Way {
    const parts: Part[] = [];
    let [at, current, takers] = [value, shape, first ?? this.#flow.takersOf(value)];
    for (;;) {
      this.#shapes.note(at, current);
      if (takers.length > 0 && at === this.#graph.output) throw forked(at, takers);
      if (takers.length === 0 || (takers.length === 1 && takers[0] === stop)) return { parts, shape: current, end: at };
      if (takers.length === 1) {
        const [node] = takers;
        const recipe = this.#translate(node, at, current);
        if (recipe) {
          parts.push(recipe);
          current = this.#shapeBehind(node, recipe, current);
        }
        at = node.output;
      } else {
        const join = this.#joins.joinOf(takers);
        if (!join || depth >= deepest) throw forked(at, takers, join);
        const block = this.#block(at, current, takers, join, depth);
        parts.push(block);
        current = block.body.shape;
        at = join.output;
      }
      takers = this.#flow.takersOf(at);
    }
  }

  /** Two ways from one value to a sum. */
  #block(value: string, shape: Shape, takers: readonly GraphNode[], join: GraphNode, depth: number) {
    const starts = this.#sides(value, takers, join);
    const ways = starts.map((side) => this.#from(value, shape, side, join, depth + 1));
    const [body, shortcut] = ways;
    if (!sameShape(body.shape, shortcut.shape)) {
      throw new OnnxError({
        operation: join.label,
        got: `a sum of ${formatShape(body.shape)} and ${formatShape(shortcut.shape)}, without the batch axis`,
        wanted: 'two of the same shape: a residual block',
        remedy: 'Export the part of the model before it and build the rest here',
      });
    }
    // A sum has no order; the way on which nothing is done is the shortcut.
    return body.parts.length === 0 ? { body: shortcut, shortcut: body } : { body, shortcut };
  }

  /** Which of the nodes that take a value lead to which side of a sum. */
  #sides(value: string, takers: readonly GraphNode[], join: GraphNode): GraphNode[][] {
    const sides: GraphNode[][] = [[], []];
    if (join.op !== 'Add' || join.inputs.length !== 2) throw forked(value, takers, join);
    for (const taker of takers) {
      const end = taker === join ? value : this.#joins.lastBefore(taker, join).output;
      const isFirst = join.inputs[0] === end && (end !== value || sides[0].length === 0);
      if (!isFirst && join.inputs[1] !== end) throw forked(value, takers, join);
      sides[isFirst ? 0 : 1].push(taker);
    }
    if (sides.some((side) => side.length === 0)) throw forked(value, takers, join);
    return sides;
  }

  #translate(node: GraphNode, value: string, inputShape: Shape): Recipe | undefined {
    const translate = translations.get(node.op);
    // What goes in stands first, but for indices, which stand behind their table.
    const input = node.op === 'Gather' && !node.roles ? 1 : 0;
    if (!translate || node.inputs[input] !== value) throw unknownOperation(node.label, node.op);
    const { attributes } = node;
    const recipe = translate({
      ...{ node, attributes, inputShape, shelf: this.#shelf, opset: this.#options.opset, batch: this.#options.batch },
      shapeValue: (name) => this.#shapes.read(node.label, name),
    });
    attributes.checkRead();
    for (const part of node.roles?.nodes.values() ?? []) part.attributes.checkRead();
    return recipe;
  }

  /** What a layer gives, found by building one on trial; what cannot be built is reported in the name of the node. */
  #shapeBehind({ label }: GraphNode, { make }: Recipe, inputShape: Shape): Shape {
    try {
      return make().build(inputShape, { name: label, random: new Random(0), dtype: this.#shelf.dtype });
    } catch (error) {
      if (!(error instanceof TapegradError) || error instanceof OnnxError) throw error;
      const { got, wanted, remedy } = error;
      throw new OnnxError({ operation: label, got, wanted, remedy }, { cause: error });
    }
  }
}

/** The layers of a row, made, and what each of them has learnt. */
export function made({ parts }: Row, learnt: Map<Layer, Recipe['learnt']>): Layer[] {
  return parts.map((part) => {
    if ('body' in part) return new Residual(made(part.body, learnt), { shortcut: made(part.shortcut, learnt) });
    const layer = part.make();
    learnt.set(layer, part.learnt);
    return layer;
  });
}

function forked(value: string, takers: readonly GraphNode[], join?: GraphNode): OnnxError {
  const where = takers.slice(0, 4).map(({ label }) => label);
  return new OnnxError({
    operation: 'importOnnx',
    got: `the value ${JSON.stringify(value.slice(0, 80))}, which goes to ${where.join(' and ')}${join ? `, and on to ${join.label}` : ''}`,
    wanted: 'a row of layers, or two rows that are added: a residual block',
    remedy: 'Export the part of the model before it and build the rest here',
  });
}
