import { type Shape, TapegradError, type Tensor, tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { integerTypes } from '../format/elements.ts';
import { fewestInputs, folds, truncated } from './folds.ts';
import type { GraphNode } from './graph.ts';
import type { Constant } from './numbers.ts';
import type { Shelf } from './shelf.ts';

/** How long a list of lengths, or of what is worked out of them, may be. */
const longestList = 64;

/** How many numbers a weight may be repeated to. */
const mostRepeated = 2 ** 22;

/** Operations that leave the numbers of a weight as they are, and take a list that says how. */
const rearranging: ReadonlySet<string> = new Set(['Reshape', 'Expand', 'Squeeze', 'Unsqueeze']);

/**
 * What is worked out of the shapes of values while the model runs, as numbers: the count of numbers in a mean, the root of
 * the number of features. The length of the batch is not known; it is NaN, and so is all that depends on it.
 */
export class ShapeConstants {
  readonly #shelf: Shelf;
  readonly #partial = new Map<string, Constant>();

  /** @param shelf where what has become a number is put */
  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** Works out what a node gives, if it can be. Nothing else of the model goes into it but shapes and constants. */
  take(node: GraphNode, shapeOf: (value: string) => Shape | undefined): void {
    const shape = node.op === 'Shape' ? shapeOf(node.inputs[0]) : undefined;
    const constant = shape ? lengthsOf(node, shape) : this.#folded(node);
    if (!constant) return;
    if (constant.read().some(Number.isNaN)) this.#partial.set(node.output, constant);
    else this.#shelf.add(node.output, constant);
  }

  #folded(node: GraphNode): Constant | undefined {
    const { op, attributes, output, inputs } = node;
    const found = inputs.map((name) => this.#partial.get(name) ?? this.#shelf.find(name));
    const given = found.filter((constant) => constant !== undefined);
    const [first, ...others] = given;
    if (first === undefined || given.length < inputs.length || given.length < (fewestInputs.get(op) ?? 1))
      return undefined;
    const short = rearranging.has(op) ? others : given;
    if (!short.every(({ shape }) => sizeOf(shape) <= longestList)) return undefined;
    const made = (x: Tensor | undefined, isWhole: boolean): Constant | undefined => {
      const numbers = x?.toFlatArray();
      if (!x || !numbers) return undefined;
      this.#shelf.spend(numbers.length);
      return {
        name: output,
        shape: x.shape,
        isNode: given.every(({ isNode }) => isNode),
        isWhole,
        read: () => numbers,
      };
    };
    try {
      if (op === 'Cast') return made(...castTo(first, attributes.whole('to', 0)));
      const tensors = op === 'Expand' ? repeatable(given) : given.map(tensorOf);
      const isWhole = given.every((constant) => constant.isWhole);
      const worked = tensors && folds.get(op)?.(tensors, attributes);
      return made(isWhole && op === 'Div' ? worked && truncated(worked) : worked, isWhole);
    } catch (error) {
      if (error instanceof TapegradError && error.operation !== 'importOnnx') return undefined;
      throw error;
    }
  }
}

/** The lengths of a value's axes, or of some of them. */
function lengthsOf({ attributes, output }: GraphNode, shape: Shape): Constant {
  const all = [Number.NaN, ...shape];
  const lengths = all.slice(attributes.whole('start', 0), attributes.whole('end', all.length));
  return { name: output, shape: [lengths.length], isNode: true, isWhole: true, read: () => Float64Array.from(lengths) };
}

function castTo(constant: Constant, type: number): [Tensor | undefined, boolean] {
  if (sizeOf(constant.shape) > longestList) return [undefined, false];
  const isWhole = integerTypes.has(type);
  const x = tensorOf(constant);
  return [isWhole ? truncated(x) : x, isWhole];
}

/** A weight and the lengths it is repeated to, once for each example: of the batch it is left to itself. */
function repeatable([weight, lengths]: readonly Constant[]): readonly Tensor[] | undefined {
  const [batch, ...rest] = lengths.read();
  const list = Number.isNaN(batch) && weight.shape.length <= rest.length + 1 ? [1, ...rest] : [batch, ...rest];
  const isKept = weight.shape.length <= rest.length || weight.shape[0] === 1;
  const size = list.reduce((product, length) => product * Math.max(1, length), sizeOf(weight.shape));
  if (!isKept || !(size <= mostRepeated)) return undefined;
  return [tensorOf(weight), tensor(Float64Array.from(list))];
}

function tensorOf({ shape, read }: Constant): Tensor {
  return tensor(Float64Array.from(read()), { shape });
}
