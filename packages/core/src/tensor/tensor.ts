import type { NdArray } from 'ndarray';
import { allocateFloats } from '../allocate.ts';
import { garbageCollected, type Memory, revive } from '../engine/memory.ts';
import { ShapeError, TapeError } from '../errors.ts';
import type { DataType, FloatArray } from '../kernels/dtype.ts';
import { checkSurplus } from '../options/index.ts';
import { contentReader } from './content.ts';
import { displayed, inspectDeno, inspectNode, jsonNumber, textOf } from './display.ts';
import { type JsonList, type NestedList, nest } from './lists.ts';
import { formatShape, type Shape, sizeOf } from './shape.ts';
import { copyInto, dtypeOf, flatten, type View, viewOf, withNumbers } from './strided.ts';
import { checkUnchanged, type SeenVersion } from './versions.ts';

/** What a tensor knows of the tape it stands on. */
export interface Owner {
  /** Whether the tape, and with it the tensor's memory, has ended. */
  readonly ended: boolean;
  /** What it has written down: a `Recording`, whose type cannot be named here, for tape/recording.ts imports tensors. */
  readonly recording: object;
  /** Computes the numbers of a tensor of this tape, and hands them to it by {@link Tensor.setNumbers}. */
  compute(x: Tensor): void;
}

/** Where a tensor comes from, besides its numbers. */
export interface Origin {
  /** The op that makes it. */
  readonly entry?: Entry;
  /** The parameter whose own numbers it shares: a leaf of a tape, or a view of one. */
  readonly shares?: SeenVersion | null;
  /** The parameter that it was computed from while no tape recorded; see `detach`. */
  readonly unrecorded?: string | null;
  /** Whether it is a number that was written right into the call of an op, as the 2 of `multiply(x, 2)`. */
  readonly isLiteral?: boolean;
}

const contentOf = /* @__PURE__ */ contentReader('flat', (x: Tensor) => x.toFlatArray());

/**
 * An ndarray of float32 or float64 that may stand on a tape.
 *
 * A tensor is a value: no op changes it. It is made by {@link tensor}, by an op, or by a tape; where one of an op's
 * inputs stands on a tape, the result stands there too, and lives as long as that tape. There an op gives the shape at
 * once, and the numbers are computed when they are read.
 */
export class Tensor {
  readonly shape: Shape;
  readonly dtype: DataType;
  /**
   * The numbers as deep equality reads them: two tensors are equal to `toEqual` and `assert.deepStrictEqual` when shape,
   * type and numbers are, whatever tape they stand on. A proxy, which reads the numbers when it is compared; see content.ts.
   * Programs read {@link toFlatArray}.
   */
  readonly content: { readonly flat: FloatArray };
  readonly #tape: Owner | null;
  readonly #entry: Entry | undefined;
  readonly #unrecorded: string | null;
  readonly #isLiteral: boolean;
  #shares: SeenVersion | null;
  /** The numbers with their shape and stride; `undefined` until they are computed. */
  #view: View | undefined;
  /** Where the numbers begin, and how many they are: a view into WebAssembly's memory loses both when that memory grows. */
  #byteOffset = 0;
  #length = 0;

  /** @param source the numbers, or their shape and type where the tape computes them when they are asked for */
  constructor(
    source: View | { readonly shape: Shape; readonly dtype: DataType },
    tape: Owner | null = null,
    { entry, shares = null, unrecorded = null, isLiteral = false }: Origin = {},
    ...surplus: []
  ) {
    checkSurplus('Tensor', surplus);
    this.shape = source.shape;
    this.content = contentOf(this);
    this.#tape = tape;
    this.#entry = entry;
    this.#unrecorded = unrecorded;
    this.#isLiteral = isLiteral;
    this.#shares = shares;
    if ('data' in source) {
      this.dtype = dtypeOf(source);
      this.setNumbers(source, shares);
    } else {
      this.dtype = source.dtype;
    }
  }

  /** The tape that this tensor stands on and that owns its memory; `null` for an ordinary value. */
  get tape(): Owner | null {
    return this.#tape;
  }

  /** The op that makes it, where a tape knows it or may still write it down. */
  get entry(): Entry | undefined {
    return this.#entry;
  }

  /** The parameter that this value was computed from while no tape recorded; see `detach`. */
  get unrecorded(): string | null {
    return this.#unrecorded;
  }

  get isLiteral(): boolean {
    return this.#isLiteral;
  }

  /** Whether the numbers are there already. */
  get isComputed(): boolean {
    return this.#view !== undefined;
  }

  /** The parameter whose own numbers this tensor shares, as it was when the tape met it. */
  get shares(): SeenVersion | null {
    return this.#shares;
  }

  /** Gives a tensor the numbers that its tape has computed; `shares` when they are a parameter's own. */
  setNumbers(view: View, shares: SeenVersion | null, ...surplus: []): void {
    checkSurplus('setNumbers', surplus);
    this.#view = view;
    this.#shares = shares;
    this.#byteOffset = view.data.byteOffset;
    this.#length = view.data.length;
  }

  /** Forgets the numbers, whose memory the tape has given back: they are computed again if they are read. */
  forgetNumbers(...surplus: []): void {
    checkSurplus('forgetNumbers', surplus);
    this.#view = undefined;
  }

  /** The number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** The number of axes. */
  get rank(): number {
    return this.shape.length;
  }

  /**
   * The numbers, in the memory where they are, for ops and kernels to read; computed now if they are not there yet. Users take a
   * copy.
   *
   * @throws TapeError when the tape that owns the numbers has ended, or they come from a parameter that was changed since
   */
  get view(): View {
    this.checkAlive('tensor');
    if (this.#view === undefined) this.tape?.compute(this);
    if (this.#shares) checkUnchanged('tensor', this.#shares);
    const view = this.#view as View;
    // The same array, unless the memory has grown since: then a new one over the same numbers.
    const numbers = revive(view.data, this.#byteOffset, this.#length);
    if (numbers !== view.data) this.#view = withNumbers(view, numbers);
    return this.#view as View;
  }

  /** Throws a TapeError in the name of `operation` when the tape that owns the numbers has ended. */
  checkAlive(operation: string, ...surplus: []): void {
    checkSurplus('checkAlive', surplus);
    if (!this.tape?.ended) return;
    throw new TapeError({
      operation,
      got: `a tensor of shape ${formatShape(this.shape)} whose tape has ended, and its numbers with it`,
      wanted: 'a tensor of a tape that still runs',
      remedy: 'Use it before the end of its `using` block, or keep a copy: `toNdarray()`, `item()` or `detach(x)`',
    });
  }

  /** A copy of the numbers as a row-major ndarray of the same shape and type. */
  toNdarray(...surplus: []): NdArray<Float32Array | Float64Array> {
    checkSurplus('toNdarray', surplus);
    return viewOf(this.toFlatArray(), this.shape);
  }

  /** A copy of the numbers as a flat array, the last axis varying fastest. */
  toFlatArray(...surplus: []): Float32Array | Float64Array {
    checkSurplus('toFlatArray', surplus);
    return copyInto(allocateFloats(this.dtype, this.size), this.view);
  }

  /**
   * The numbers in row-major order, for loops that only read them: without a copy where they are in that order already.
   *
   * @throws TapeError when the tape that owns the numbers has ended
   */
  read(...surplus: []): Float32Array | Float64Array {
    checkSurplus('read', surplus);
    return flatten(this.view, garbageCollected);
  }

  /** A copy of the numbers as lists within lists. */
  toList(...surplus: []): NestedList {
    checkSurplus('toList', surplus);
    return nest(this.toFlatArray(), this.shape, (number) => number) as NestedList;
  }

  /**
   * What `JSON.stringify` writes: lists within lists. JSON has no NaN and no infinities: they become the strings `"NaN"`,
   * `"Infinity"` and `"-Infinity"`, and not `null`, from which nobody could tell which it was.
   *
   * @throws TapeError when the tape that owns the numbers has ended
   */
  toJSON(): JsonList {
    // Not `toFlatArray`: the copies that test runners make of what they compare have `content`, but no private fields.
    return nest(this.content.flat, this.shape, jsonNumber);
  }

  /**
   * The only number of a tensor that holds just one, such as a loss.
   *
   * @throws ShapeError when it holds none, or more than one
   */
  item(...surplus: []): number {
    checkSurplus('item', surplus);
    if (this.size !== 1) {
      throw new ShapeError({
        operation: 'item',
        got: `a tensor of shape ${formatShape(this.shape)} with ${this.size} numbers`,
        wanted: 'exactly one number',
        remedy: 'Reduce it first, for example with `mean`, or read all numbers with `toList()`',
      });
    }
    return this.read()[0];
  }

  /** Type, shape and numbers: `float32 [3] [0.5,1,2]`, cut short after a hundred numbers. Never throws. */
  toString(): string {
    return textOf(this);
  }

  /** What `console.log` shows in Node and Bun: shape, type and numbers, or why there are none. Never throws. */
  [inspectNode](): string {
    return `${this.title} ${displayed(this)}`;
  }

  /** The same in Deno. */
  [inspectDeno](): string {
    return this[inspectNode]();
  }

  /** What `console.log` calls it. */
  protected get title(): string {
    return 'Tensor';
  }
}

/**
 * The vector-Jacobian product of one op by one of its inputs: given the cotangent `g` of the output `y`, that is
 * ∂loss/∂y, it returns ∂loss/∂input = gᵀ·∂y/∂input. It is written in ops, so that it can be differentiated again. The
 * result may have the output's shape where the input was broadcast: the tape sums it back to the input's.
 */
export type VJP = (g: Tensor, y: Tensor) => Tensor;

/** One VJP for each input of an op; `null` says that the input has no gradient. */
export type VJPs<Names extends string = string> = { readonly [Name in Names]: VJP | null };

/** The options of an op, as the printed tape shows them. */
export type Attributes = Readonly<Record<string, unknown>>;

/**
 * An op that was called: all that it takes to compute its output, to write it down and to differentiate it. It stands in this
 * file because a tensor names the op that makes it, and an op the tensors that it reads.
 */
export interface Entry {
  /** The op's name. */
  readonly operation: string;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly attributes: Attributes;
  readonly vjps: VJPs;
  /** The shape and type of the output, known before it is computed. */
  readonly shape: Shape;
  readonly dtype: DataType;
  /** Computes the output from the numbers of the inputs. */
  readonly compute: (memory: Memory) => View;
  /** Tensors besides the inputs that have to be computed first. */
  readonly needs: readonly Tensor[];
  /** Whether the output may be a view of an input's numbers, and not numbers of its own. */
  readonly isView: boolean;
  /** What patterns of `fusion/` have to know of the op to compute it together with others. */
  readonly details: unknown;
  /** The parameters among the inputs, as they were when the op was called. */
  readonly parameters: readonly SeenVersion[];
  /** Where the op stands in the program of a tape, if it does: see tape/program.ts. */
  node?: ProgramNode;
}

/** What a program knows of one of its ops. */
export interface ProgramNode {
  readonly program: object;
  readonly index: number;
  /** How many other ops read its output, and the last of them. */
  readers: number;
  lastReader: Tensor | null;
}
