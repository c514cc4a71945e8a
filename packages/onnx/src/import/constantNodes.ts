import { type Shape, shapeOf, TapegradError, type Tensor, tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { attributeTypes, type NodeProto } from '../format/modelProto.ts';
import type { Attributes } from './attributes.ts';
import type { ExternalData } from './externalData.ts';
import { fewestInputs, folds, truncated } from './folds.ts';
import { type Constant, constantOf } from './numbers.ts';

/** How many operations may stand between a constant of the file and one that is worked out of it. */
const deepest = 16;

/** How many numbers more than there were may be worked out in all; a file could add rows to columns, over and over. */
const mostNumbers = 2 ** 22;

interface Depth {
  readonly depth: number;
}

/** Takes out of a graph the nodes that make constants: by themselves, by handing one on, or by working one out. */
export class ConstantNodes {
  readonly #constants: Map<string, Constant>;
  readonly #external: ExternalData;
  readonly #worked = new Map<string, Depth>();
  #left = mostNumbers;

  /** @param constants those of the file, to which those of the nodes are added */
  constructor(constants: Map<string, Constant>, external: ExternalData) {
    this.#constants = constants;
    this.#external = external;
  }

  /** Whether the node makes a constant, which then is known. */
  take(node: NodeProto, attributes: Attributes): boolean {
    const constant = this.#madeBy(node, attributes);
    const [name = ''] = node.output;
    if (constant) this.#constants.set(name, constant);
    return constant !== undefined;
  }

  #madeBy({ opType, input, output, domain }: NodeProto, attributes: Attributes): Constant | undefined {
    const [name = ''] = output;
    if (domain !== '' && domain !== 'ai.onnx') return undefined;
    // What is one already stays as it is: its shape, its type, whether it is learnt.
    if (opType === 'Identity' || opType === 'Cast') return this.#constants.get(input[0]);
    if (opType === 'Constant') return written(name, attributes, this.#external);
    const fold = folds.get(opType);
    // Inputs that are left out at the end have empty names: a Clip without an upper bound.
    const given = input.slice(0, 1 + input.findLastIndex((each) => each !== ''));
    const inputs = given.map((each) => this.#constants.get(each));
    if (!fold || inputs.length < (fewestInputs.get(opType) ?? 1) || !inputs.every((each) => each !== undefined))
      return undefined;
    const depth = 1 + Math.max(...given.map((each) => this.#worked.get(each)?.depth ?? 0));
    if (depth > deepest) return undefined;
    const isWhole = inputs.every((each) => each.isWhole);
    const worked = this.#folded(name, depth, inputs, (tensors) => {
      const result = fold(tensors, attributes);
      return result && isWhole && opType === 'Div' ? truncated(result) : result;
    });
    return worked && { ...worked, isWhole };
  }

  #folded(
    name: string,
    depth: number,
    inputs: readonly Constant[],
    fold: (tensors: readonly Tensor[]) => Tensor | undefined,
  ): Constant | undefined {
    const result = foldedShape(inputs, fold);
    if (result === undefined) return undefined;
    const grown = sizeOf(result) - inputs.reduce((total, { shape }) => total + sizeOf(shape), 0);
    if (!(grown <= this.#left)) return undefined;
    this.#left -= Math.max(0, grown);
    this.#worked.set(name, { depth });
    let numbers: Float64Array | undefined;
    const compute = (): Float64Array => {
      const worked = fold(inputs.map(tensorOf));
      return worked?.toFlatArray() as Float64Array;
    };
    return {
      name,
      shape: result,
      isNode: inputs.every(({ isNode }) => isNode),
      read: () => {
        numbers ??= compute();
        return numbers.slice();
      },
    };
  }
}

/** The shape of what is worked out; `undefined` where it cannot be. */
function foldedShape(inputs: readonly Constant[], fold: (tensors: readonly Tensor[]) => Tensor | undefined) {
  try {
    // Lists of a few numbers, shapes and axes, are worked out at once.
    if (inputs.every(({ shape }) => sizeOf(shape) <= 64)) return fold(inputs.map(tensorOf))?.shape;
    // Of others the shape is enough; but lists that stand behind them say what shape comes.
    const [first, ...others] = inputs;
    const lists = others.filter(({ shape }) => shape.length <= 1 && sizeOf(shape) <= 8).map(tensorOf);
    const symbolic = lists.length === others.length ? [first] : inputs;
    let isKnown = true;
    const shape = shapeOf(
      (...tensors) => {
        const result = fold(symbolic === inputs ? tensors : [...tensors, ...lists]);
        isKnown = result !== undefined;
        return result ?? tensors[0];
      },
      ...symbolic.map((each) => each.shape),
    );
    return isKnown ? shape : undefined;
  } catch (error) {
    if (error instanceof TapegradError) return undefined;
    throw error;
  }
}

function tensorOf({ shape, read }: Constant): Tensor {
  return tensor(Float64Array.from(read()), { shape });
}

/** The constant that stands in a node. */
function written(name: string, attributes: Attributes, external: ExternalData): Constant {
  const made = (shape: Shape, numbers: readonly number[] | Float32Array, isWhole: boolean): Constant => {
    return { name, shape, isNode: true, isWhole, read: () => Float64Array.from(numbers) };
  };
  const tensor = attributes.get('value')?.t;
  if (tensor) return constantOf(tensor, name, true, external);
  if (attributes.has('value_float'))
    return made([], [attributes.get('value_float', attributeTypes.float)?.f ?? 0], false);
  if (attributes.has('value_int')) return made([], [attributes.whole('value_int', 0)], true);
  const floats = attributes.floats('value_floats');
  const list = floats ?? attributes.wholes('value_ints', []);
  attributes.checkRead();
  return made([list.length], list, floats === undefined);
}
