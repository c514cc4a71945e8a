import { cast, type DataType, formatShape, type Shape, type Tensor, tensor, zeros } from '@tapegrad/core';
import { sameShape, sizeOf } from '@tapegrad/core/authors';
import { damagedFile, OnnxError } from '../errors.ts';
import type { Constant } from './numbers.ts';

/** The constants of a graph, handed out as weights of the model's type. */
export class Shelf {
  readonly dtype: DataType;
  readonly #constants: ReadonlyMap<string, Constant>;
  readonly #worked = new Map<string, Constant>();
  readonly #fileLength: () => number;
  #spent = 0;

  /**
   * @param fileLength so many numbers may be handed out, a few times over, and no more: a file may name a weight often. It
   * grows as files beside it are read.
   */
  constructor(
    constants: ReadonlyMap<string, Constant>,
    { dtype, fileLength }: { dtype: DataType; fileLength: () => number },
  ) {
    this.#constants = constants;
    this.dtype = dtype;
    this.#fileLength = fileLength;
  }

  /** The constant of that name, if it is one. */
  find(name: string | undefined): Constant | undefined {
    return name === undefined ? undefined : (this.#constants.get(name) ?? this.#worked.get(name));
  }

  /** Puts a constant among the others that was worked out of the shapes of values. */
  add(name: string, constant: Constant): void {
    this.#worked.set(name, constant);
  }

  /** @throws OnnxError when the value is none that stands in the file */
  constant(node: string, name: string | undefined, what: string): Constant {
    const constant = this.find(name);
    if (constant) return constant;
    throw this.missing(node, name, what);
  }

  /** The error for what should stand in the file, and does not. */
  missing(node: string, name: string | undefined, what: string): OnnxError {
    return new OnnxError({
      operation: node,
      got: `a ${what} that is ${name ? `worked out, ${JSON.stringify(name.slice(0, 80))}` : 'not given'}`,
      wanted: `a ${what} that stands in the file`,
      remedy: 'Export the model with constant folding',
    });
  }

  /** The constant of that name; `undefined` where none is given. */
  optional(node: string, name: string | undefined, what: string): Constant | undefined {
    return name ? this.constant(node, name, what) : undefined;
  }

  /**
   * The numbers of a constant, in the model's type, in the shape that is wanted. Axes of length 1 in front change nothing.
   *
   * @throws OnnxError when the constant has another shape, or too many are asked for
   */
  weight(node: string, constant: Constant, shape: Shape = constant.shape): Tensor {
    const isSame = sameShape(behindOnes(shape), behindOnes(constant.shape));
    if (isSame) return this.reshaped(constant, shape);
    throw new OnnxError({
      operation: node,
      got: `${constant.name} of shape ${formatShape(constant.shape.slice(0, 8))}`,
      wanted: formatShape(shape),
      remedy: 'Check that the file is whole: the weight does not fit its node',
    });
  }

  /** The numbers of a constant, in the model's type, in a shape of which the caller knows that it fits. */
  reshaped(constant: Constant, shape: Shape): Tensor {
    // Read first: they may stand in a file beside this one, whose length then counts.
    const numbers = constant.read();
    this.spend(sizeOf(shape));
    return cast(tensor(numbers, { shape }), this.dtype);
  }

  /**
   * The numbers of a constant that is multiplied by or added to a value of `rank` axes, and has one for each index along
   * some of them. It lies along the last axes, and is repeated along those where its length is 1.
   *
   * @throws OnnxError when it lies along others
   */
  along(node: string, constant: Constant, axes: readonly number[], lengths: Shape, rank: number): Tensor {
    const { name, shape } = constant;
    const whole = [...new Array<number>(Math.max(0, rank - shape.length)).fill(1), ...shape];
    const fits = whole.length === rank && whole.every((length, axis) => length === (lengths[axes.indexOf(axis)] ?? 1));
    if (fits) return this.reshaped(constant, lengths);
    throw new OnnxError({
      operation: node,
      got: `${name} of shape ${formatShape(shape.slice(0, 8))}, for axes [${axes.join(', ')}]`,
      wanted: `one number for each index along these axes, ${formatShape(lengths)}`,
      remedy: 'Replace the layer before the export',
    });
  }

  /** Zeros in the model's type, for what a file leaves out. */
  zeros(shape: Shape): Tensor {
    this.spend(sizeOf(shape));
    return zeros(shape, { dtype: this.dtype });
  }

  /**
   * A short list of whole numbers: a shape, axes.
   *
   * @throws OnnxError when it is not that
   */
  wholes(node: string, constant: Constant): readonly number[] {
    const isShort = constant.shape.length <= 1 && (constant.shape[0] ?? 1) <= 64;
    const numbers = isShort ? [...constant.read()] : [];
    if (isShort && numbers.every((number) => Number.isInteger(number))) return numbers;
    throw new OnnxError({
      operation: node,
      got: `${constant.name} of shape ${formatShape(constant.shape.slice(0, 8))}`,
      wanted: 'a short list of whole numbers',
      remedy: 'Check that the file is whole',
    });
  }

  /** One number, whatever its axes. */
  number(node: string, constant: Constant): number {
    return this.weight(node, constant, []).item();
  }

  /** @throws OnnxError when more numbers are asked for than a model of this size can have */
  spend(count: number): void {
    this.#spent += count;
    if (this.#spent > 4 * this.#fileLength() + 1_000_000)
      throw damagedFile('a model with many times the weights that the file holds', 'each of them about once');
  }
}

function behindOnes(shape: Shape): Shape {
  const first = shape.findIndex((length) => length !== 1);
  return first < 0 ? [] : shape.slice(first);
}
