import type { NdArray } from 'ndarray';
import { garbageCollected, revive } from '../engine/memory.ts';
import { ShapeError, TapeError } from '../errors.ts';
import { allocateFloats, type DataType } from '../kernels/dtype.ts';
import { formatShape, type Shape, sizeOf } from './shape.ts';
import { copyInto, dtypeOf, flatten, type View, viewOf, withNumbers } from './strided.ts';

/** What a tensor knows of the tape it stands on: whether that tape, and with it the tensor's memory, has ended. */
export interface Owner {
  readonly ended: boolean;
}

/** A value that is computed when somebody asks for its numbers, and never where nobody does. */
export interface Postponed {
  readonly shape: Shape;
  readonly dtype: DataType;
  readonly compute: () => View;
}

/** Lists of numbers within lists, as `toList` gives them: a number for a scalar. */
export type NestedList = number | readonly NestedList[];

/**
 * An ndarray of float32 or float64 that may stand on a tape.
 *
 * A tensor is a value: no op changes it. It is made by {@link tensor}, by an op, or by a tape; where one of an op's
 * inputs stands on a tape, the result stands there too, and lives as long as that tape.
 */
export class Tensor {
  readonly shape: Shape;
  readonly dtype: DataType;
  /** The tape that recorded this tensor and owns its memory; `null` for an ordinary value. */
  readonly tape: Owner | null;
  /** The parameter that this value was computed from while no tape was listening; see `detach`. */
  readonly unrecorded: string | null;
  /** How the value is made, for ops that are computed together; see tape/recipes.ts. */
  recipe: object | undefined;
  #view: View | undefined;
  readonly #compute: (() => View) | undefined;
  #byteOffset = 0;
  #length = 0;

  constructor(source: View | Postponed, tape: Owner | null = null, unrecorded: string | null = null) {
    this.shape = source.shape;
    this.tape = tape;
    this.unrecorded = unrecorded;
    if ('compute' in source) {
      this.dtype = source.dtype;
      this.#compute = source.compute;
    } else {
      this.dtype = dtypeOf(source);
      this.#keep(source);
    }
  }

  /** Whether the numbers are there; those of a postponed value are computed when somebody asks. */
  get isComputed(): boolean {
    return this.#view !== undefined;
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
   * The numbers where they lie, for ops and kernels to read. Everybody else takes a copy.
   *
   * @throws TapeError when the tape that owns the numbers has ended
   */
  get view(): View {
    this.checkAlive('tensor');
    const view = this.#view ?? this.#keep((this.#compute as () => View)());
    const numbers = revive(view.data, this.#byteOffset, this.#length);
    if (numbers === view.data) return view;
    this.#view = withNumbers(view, numbers);
    return this.#view;
  }

  #keep(view: View): View {
    this.#view = view;
    this.#byteOffset = view.data.byteOffset;
    this.#length = view.data.length;
    return view;
  }

  /** Throws a TapeError in the name of `operation` when the tape that owns the numbers has ended. */
  checkAlive(operation: string): void {
    if (!this.tape?.ended) return;
    throw new TapeError({
      operation,
      got: `a tensor of shape ${formatShape(this.shape)} whose tape has ended, and its numbers with it`,
      wanted: 'a tensor of a tape that still runs',
      remedy: 'Use it before the end of its `using` block, or keep a copy: `toNdarray()`, `item()` or `detach(x)`',
    });
  }

  /** A copy of the numbers as a row-major ndarray of the same shape and type. */
  toNdarray(): NdArray<Float32Array | Float64Array> {
    return viewOf(this.toFlatArray(), this.shape);
  }

  /** A copy of the numbers as a flat array, the last axis varying fastest. */
  toFlatArray(): Float32Array | Float64Array {
    return copyInto(allocateFloats(this.dtype, this.size), this.view);
  }

  /**
   * The numbers in row-major order, where they lie if they lie so, else a copy: for loops that only read them.
   *
   * @throws TapeError when the tape that owns the numbers has ended
   */
  read(): Float32Array | Float64Array {
    return flatten(this.view, garbageCollected);
  }

  /** A copy of the numbers as lists within lists. */
  toList(): NestedList {
    const flat = this.toFlatArray();
    let position = 0;
    const list = (axis: number): NestedList =>
      axis === this.rank ? flat[position++] : Array.from({ length: this.shape[axis] }, () => list(axis + 1));
    return list(0);
  }

  /**
   * The only number of a tensor that holds just one, such as a loss.
   *
   * @throws ShapeError when it holds none, or more than one
   */
  item(): number {
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

  /** Type, shape and numbers: `float32 [3] [0.5, 1, 2]`, cut short after a hundred numbers. */
  toString(): string {
    const head = `${this.dtype} ${formatShape(this.shape)}`;
    if (this.tape?.ended) return `${head} (its tape has ended)`;
    return this.size > 100 ? `${head} of ${this.size} numbers` : `${head} ${JSON.stringify(this.toList())}`;
  }
}
