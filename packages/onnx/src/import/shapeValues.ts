import type { Shape } from '@tapegrad/core';
import { OnnxError } from '../errors.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { Shelf } from './shelf.ts';

type ShapeValue = readonly (number | 'batch')[];

/** How many operations may stand between a shape and where it is used. */
const deepest = 32;

/** How many of them may be worked out in all: lists of lists of lists would never come to an end. */
const mostSteps = 10_000;

const listForms: ReadonlySet<string> = new Set(['Cast', 'Unsqueeze', 'Squeeze', 'Identity', 'Reshape']);

/** Whole numbers of whole numbers; a division of lengths is rounded towards 0. */
const arithmetic: ReadonlyMap<string, (a: number, b: number) => number> = new Map([
  ['Add', (a: number, b: number) => a + b],
  ['Sub', (a: number, b: number) => a - b],
  ['Mul', (a: number, b: number) => a * b],
  ['Div', (a: number, b: number) => Math.trunc(a / b)],
]);

/** `undefined` where the length of the batch is calculated with, but for a product with 1. */
function elementwise(left: ShapeValue, right: ShapeValue, op: string): ShapeValue | undefined {
  const operation = arithmetic.get(op);
  if (!operation) return undefined;
  const length = Math.max(left.length, right.length);
  if (![1, length].includes(left.length) || ![1, length].includes(right.length)) return undefined;
  const pairs = Array.from({ length }, (_, at) => [left[left.length > 1 ? at : 0], right[right.length > 1 ? at : 0]]);
  const results = pairs.map(([a, b]): number | 'batch' | undefined => {
    if (typeof a === 'number' && typeof b === 'number') return operation(a, b);
    return (op === 'Mul' && (a === 1 || b === 1)) || (op === 'Div' && b === 1) ? 'batch' : undefined;
  });
  return results.every((result) => result !== undefined) ? results : undefined;
}

/** A part of a list, as Slice takes it; `undefined` where a bound is the length of the batch. */
function part(list: ShapeValue, [start, end, step]: ShapeValue): ShapeValue | undefined {
  if (typeof start !== 'number' || typeof end !== 'number' || typeof step !== 'number') return undefined;
  if (![start, end, step].every(Number.isInteger) || step === 0) return undefined;
  const [first, last] = step > 0 ? [0, list.length] : [-1, list.length - 1];
  const bounded = (index: number): number => Math.min(last, Math.max(first, index < 0 ? index + list.length : index));
  const [from, to] = [bounded(start), bounded(end)];
  const count = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length: count }, (_, at) => list[from + at * step]);
}

/**
 * Shapes that are worked out while the model runs: `x.view(x.size(0), -1)` asks for a shape, takes a length out of it, and
 * puts it together with another one. The length of the batch is not known; it stays `batch`.
 */
export class ShapeValues {
  readonly #makers: ReadonlyMap<string, GraphNode>;
  readonly #shelf: Shelf;
  readonly #shapes = new Map<string, Shape>();
  #steps = 0;

  constructor(nodes: Graph['nodes'], shelf: Shelf) {
    this.#makers = new Map(nodes.map((node) => [node.output, node]));
    this.#shelf = shelf;
  }

  /** Remembers what shape a value has, without the batch axis. */
  note(value: string, shape: Shape): void {
    this.#shapes.set(value, shape);
  }

  /** @throws OnnxError when the value is no shape that can be worked out here */
  read(node: string, value: string, depth = 0): ShapeValue {
    const constant = this.#shelf.find(value);
    if (constant) return this.#shelf.wholes(node, constant);
    const maker = this.#makers.get(value);
    const read = (at: number): ShapeValue => this.read(node, maker?.inputs[at] ?? '', depth + 1);
    if (maker && depth < deepest && ++this.#steps < mostSteps) {
      if (maker.op === 'Shape') {
        const shape = this.#shapes.get(maker.inputs[0]);
        const [start, end] = [
          maker.attributes.whole('start', 0),
          maker.attributes.whole('end', Number.MAX_SAFE_INTEGER),
        ];
        if (shape) return (['batch', ...shape] as const).slice(start, end);
      }
      // A list in another form is the same list.
      if (listForms.has(maker.op)) return read(0);
      if (maker.op === 'Concat' && maker.inputs.length <= deepest)
        return maker.inputs.flatMap((_, at) => read(at)).slice(0, 64);
      if (maker.op === 'Gather') {
        const list = read(0);
        return read(1).map((at) => (at === 'batch' ? Number.NaN : (list.at(at) ?? Number.NaN)));
      }
      if (maker.op === 'Slice') {
        const { attributes } = maker;
        const [starts, ends] = ['starts', 'ends'].map((name, at) => attributes.bounds(name) ?? read(at + 1));
        const steps = maker.inputs[4] ? read(4) : [1];
        const kept = part(read(0), [starts[0], ends[0], steps[0]]);
        if (kept) return kept;
      }
      if (arithmetic.has(maker.op)) {
        const worked = elementwise(read(0), read(1), maker.op);
        if (worked) return worked;
      }
    }
    throw new OnnxError({
      operation: node,
      got: `a shape that is worked out${maker ? ` by ${maker.label}` : ''}`,
      wanted: 'numbers that stand in the file, or lengths of a shape before',
      remedy: 'Export the model with constant folding, and flatten with torch.flatten(x, 1)',
    });
  }
}
