import { Random, type Shape, TapegradError } from '@tapegrad/core';
import { OnnxError } from '../errors.ts';
import { elementTypes, integerTypes } from '../format/elements.ts';
import { answers } from './comparisons.ts';
import type { Operation } from './dataFlow.ts';
import { type Graph, type GraphNode, unknownOperation } from './graph.ts';
import { ShapeConstants } from './shapeConstants.ts';
import { ShapeValues } from './shapeValues.ts';
import type { Shelf } from './shelf.ts';
import type { DataInput, Holding, Joining, Step } from './translate.ts';
import { joining, translations } from './translations.ts';

/** A node with its layers: one behind the other, the first of which takes all inputs. */
export interface PlacedNode extends Operation {
  readonly label: string;
  readonly steps: readonly Step[];
  /** What comes out, without the batch axis. */
  readonly shape: Shape;
}

export interface TranslatorOptions {
  /** The shapes of the model's inputs, without the batch axis. */
  readonly inputShapes: ReadonlyMap<string, Shape>;
  /** The inputs that are whole numbers by their type. */
  readonly wholes: ReadonlySet<string>;
  readonly opset: number;
  /** The length of the batch axis, if the file fixes it. */
  readonly batch: number | undefined;
  /** The shape that the file says a value has, without the batch axis. */
  readonly described: (value: string) => Shape | undefined;
}

/** What has graphs of its own within, which take values of this one by name. */
const branching: ReadonlySet<string> = new Set(['If', 'Loop', 'Scan']);

interface Value {
  /** The value itself, or the one that it is the same as. */
  readonly name: string;
  /** Not known behind a node that has no layer. */
  readonly shape: Shape | undefined;
  readonly holds?: Holding | undefined;
}

/** Goes through the nodes in order, and makes layers of them. */
export class Translator {
  /** What stands in the way, in order. */
  readonly problems: OnnxError[] = [];
  readonly #shelf: Shelf;
  readonly #shapes: ShapeValues;
  readonly #worked: ShapeConstants;
  readonly #options: TranslatorOptions;
  readonly #values = new Map<string, Value>();
  #placed: PlacedNode[] = [];

  /** @param nodes those of the file, before any are fused: a shape may be worked out between them */
  constructor(nodes: Graph['nodes'], shelf: Shelf, options: TranslatorOptions) {
    this.#shelf = shelf;
    this.#shapes = new ShapeValues(nodes, shelf);
    this.#worked = new ShapeConstants(shelf);
    this.#options = options;
    for (const [name, shape] of options.inputShapes) {
      this.#note(name, { name, shape, holds: options.wholes.has(name) ? 'wholes' : undefined });
    }
  }

  /** Nodes with their layers; those that do nothing are left out, and those behind them take what they took. */
  translate(nodes: Graph['nodes']): readonly PlacedNode[] {
    for (const node of nodes) this.#one(node);
    return this.#placed;
  }

  /** The value that one is the same as; `undefined` for one that does not depend on the model's inputs. */
  source(value: string): string | undefined {
    return this.#values.get(value)?.name;
  }

  #one(node: GraphNode): void {
    const before = this.#placed.length;
    const problem = this.#try(node);
    if (!problem) return;
    if (node.parts && this.#placeParts(node.parts)) return;
    this.#placed = this.#placed.slice(0, before);
    const last = this.problems.at(-1);
    // A node with several outputs is tried for each of them.
    const isSaid = node.share && last?.operation === problem.operation && last.got === problem.got;
    if (!isSaid) this.problems.push(problem);
    this.#note(node.output, { name: node.output, shape: this.#options.described(node.output) });
  }

  /** What looks like a layer, and is another thing, is what its nodes are one by one. */
  #placeParts(parts: readonly GraphNode[]): boolean {
    return parts.every((part) => this.#try(part) === undefined);
  }

  /** Makes layers of a node, or says why there are none. */
  #try(node: GraphNode): OnnxError | undefined {
    const isShape = node.op === 'Shape' || node.op === 'Size';
    const taken = node.inputs.flatMap((name, index) => {
      const value = this.#values.get(name);
      return value && !isShape ? [{ ...value, index }] : [];
    });
    if (taken.length === 0 && !branching.has(node.op)) {
      this.#worked.take(node, (value) => this.#values.get(value)?.shape);
      return undefined;
    }
    const known = taken.flatMap(({ index, shape, holds }) => (shape ? [{ index, shape, holds }] : []));
    if (known.length < taken.length || taken.length === 0) {
      // Behind a problem nothing can be checked but the operation itself.
      this.#note(node.output, { name: node.output, shape: this.#options.described(node.output) });
      return isKnown(node) ? undefined : unknownOperation(node.label, node.op);
    }
    try {
      const steps = this.#stepsOf(node, known);
      const shape = this.#shapeBehind(node, steps, known);
      const [first] = taken;
      if (steps.length > 0) {
        const inputs = 'join' in steps[0] ? this.#joined(node, steps[0], taken) : [first.name];
        this.#placed.push({ label: node.label, op: node.op, inputs, output: node.output, steps, shape });
      }
      const isSame = steps.length === 0;
      const holds = heldBehind(node, isSame ? first.holds : undefined);
      this.#note(node.output, { name: isSame ? first.name : node.output, shape, holds });
      return undefined;
    } catch (error) {
      // What is wrong with the file as a whole ends the import.
      if (!(error instanceof OnnxError) || error.operation === 'importOnnx') throw error;
      return error;
    }
  }

  /** The values that a layer of several inputs takes; those that are the same for each example are made for it. */
  #joined({ label, output }: GraphNode, { parts }: Joining, taken: readonly (Value & { readonly index: number })[]) {
    const [first] = taken;
    return (parts ?? taken).map((part, at) => {
      if (!('make' in part)) return taken.find(({ index }) => index === part.index)?.name ?? first.name;
      const beside = `${output} beside ${at}`;
      const shape = this.#built(label, [part], first.shape ?? []);
      this.#placed.push({ label, op: 'Constant', inputs: [first.name], output: beside, steps: [part], shape });
      return beside;
    });
  }

  #stepsOf(node: GraphNode, data: readonly DataInput[]): readonly Step[] {
    const translate = translations.get(node.op);
    const takesAny = joining.get(node.op);
    if (!takesAny && (!translate || data[0].index !== 0)) throw unknownOperation(node.label, node.op);
    if (node.share && node.op !== 'Split' && node.share.index > 0) throw otherOutput(node, node.share.index);
    const { attributes } = node;
    const result = (takesAny ?? translate)?.({
      ...{ node, attributes, data, inputShape: data[0].shape, shelf: this.#shelf },
      holds: data[0].holds,
      ...{ opset: this.#options.opset, batch: this.#options.batch },
      shapeValue: (name) => this.#shapes.read(node.label, name),
    });
    attributes.checkRead();
    for (const part of node.roles?.nodes.values() ?? []) part.attributes.checkRead();
    if (result === undefined) return [];
    const steps = 'length' in result ? result : [result];
    return steps.map((step, at) => this.#identified(node, data, step, at));
  }

  /** A layer with weights, and what tells it from others: a net may use one several times. */
  #identified(node: GraphNode, [first]: readonly DataInput[], step: Step, at: number): Step {
    if (!('make' in step) || step.learnt.size === 0 || step.isFixed) return step;
    const weights = node.roles ? [...node.roles.constants] : node.inputs.filter((name) => this.#shelf.find(name));
    const options = [node, ...(node.roles?.nodes.values() ?? [])].map(({ attributes }) => attributes.text);
    return { ...step, identity: JSON.stringify([node.op, weights, options, first.shape, at]) };
  }

  /** What layers give, found by building them on trial; what cannot be built is reported in the name of the node. */
  #shapeBehind({ label }: GraphNode, steps: readonly Step[], data: readonly DataInput[]): Shape {
    return this.#built(label, steps, data[0].shape, data);
  }

  #built(label: string, steps: readonly Step[], first: Shape, data: readonly DataInput[] = []): Shape {
    const context = { name: label, random: new Random(0), dtype: this.#shelf.dtype };
    try {
      return steps.reduce<Shape>((shape, step) => {
        if ('make' in step) return step.make().build(shape, context);
        const parts = (step.parts ?? data).map((part) =>
          'make' in part ? part.make().build(first, context) : part.shape,
        );
        return step.join().build(parts, context);
      }, first);
    } catch (error) {
      if (!(error instanceof TapegradError) || error instanceof OnnxError) throw error;
      const { got, wanted, remedy } = error;
      throw new OnnxError({ operation: label, got, wanted, remedy }, { cause: error });
    }
  }

  #note(name: string, value: Value): void {
    this.#values.set(name, value);
    if (value.shape) this.#shapes.note(name, value.shape);
  }
}

/** What the numbers behind a node are by their type: answers behind a comparison, else what they were. */
function heldBehind({ op, attributes }: GraphNode, before: Holding | undefined): Holding | undefined {
  if (answers.has(op)) return 'truths';
  if (op !== 'Cast') return before;
  const type = attributes.whole('to', 0);
  if (type === elementTypes.bool) return 'truths';
  return integerTypes.has(type) ? 'wholes' : undefined;
}

function isKnown({ op }: GraphNode): boolean {
  return translations.has(op) || joining.has(op);
}

function otherOutput({ label, op }: GraphNode, index: number): OnnxError {
  return new OnnxError({
    operation: label,
    got: `output ${index + 1} of ${op.slice(0, 80)}, which goes on in the model`,
    wanted: 'its first output alone',
    remedy: 'Export the model for use, not for training, and without indices of poolings',
  });
}
