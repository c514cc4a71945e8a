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
function elementwise(
  left: ShapeValue,
  right: ShapeValue,
  operation: (a: number, b: number) => number,
): ShapeValue | undefined {
  const length = Math.max(left.length, right.length);
  if (![1, length].includes(left.length) || ![1, length].includes(right.length)) return undefined;
  const pairs = Array.from({ length }, (_, at) => [left[left.length > 1 ? at : 0], right[right.length > 1 ? at : 0]]);
  if (pairs.some((pair) => pair.includes('batch'))) return undefined;
  return pairs.map(([a, b]) => operation(Number(a), Number(b)));
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
        const list = read(0);
        if (typeof starts[0] === 'number' && typeof ends[0] === 'number') return list.slice(starts[0], ends[0]);
      }
      const operation = arithmetic.get(maker.op);
      if (operation) {
        const worked = elementwise(read(0), read(1), operation);
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
