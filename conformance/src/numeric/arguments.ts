import { type DataType, type Tape, type Tensor, tensor } from '@tapegrad/core';
import type { Attributes } from '../attributes.ts';
import type { Numbers } from '../compare.ts';
import { MalformedCase, Unsupported } from '../outcome.ts';
import { numbersOf, type StoredTensor, toTensor } from '../stored.ts';

/** What an adapter gets to see of a case: its inputs by name, as tensors of the run's precision, and its options. */
export class Arguments {
  readonly attributes: Attributes;
  readonly precision: DataType;
  readonly tape: Tape;
  readonly #stored: Readonly<Record<string, StoredTensor>>;
  readonly #watched: ReadonlySet<string>;
  readonly #tensors = new Map<string, Tensor>();

  /** @param watched the inputs that a gradient is wanted for */
  constructor(
    stored: Readonly<Record<string, StoredTensor>>,
    attributes: Attributes,
    run: { readonly precision: DataType; readonly tape: Tape; readonly watched: ReadonlySet<string> },
  ) {
    this.#stored = stored;
    this.attributes = attributes;
    this.precision = run.precision;
    this.tape = run.tape;
    this.#watched = run.watched;
  }

  has(name: string): boolean {
    return name in this.#stored;
  }

  /** The input as a tensor, on the tape where its gradient is wanted. Every call returns the same one. */
  tensor(name: string): Tensor {
    const known = this.#tensors.get(name);
    if (known) return known;
    const constant = toTensor(this.stored(name), this.precision);
    const made = this.#watched.has(name) ? this.tape.watch(constant, name) : constant;
    this.#tensors.set(name, made);
    return made;
  }

  optional(name: string): Tensor | undefined {
    return this.has(name) ? this.tensor(name) : undefined;
  }

  /** The inputs `x0`, `x1`, …, as many as there are. */
  numbered(prefix: string): Tensor[] {
    const tensors: Tensor[] = [];
    while (this.has(`${prefix}${tensors.length}`)) tensors.push(this.tensor(`${prefix}${tensors.length}`));
    return tensors;
  }

  /** The numbers of an input as they are written: class indices, gradients of an optimiser. */
  numbers(name: string): Numbers {
    const stored = this.stored(name);
    this.#tensors.set(name, this.#tensors.get(name) ?? toTensor(stored, 'float64'));
    return { shape: stored.shape, numbers: numbersOf(stored) };
  }

  stored(name: string): StoredTensor {
    const stored = this.#stored[name];
    if (stored === undefined) throw new MalformedCase(`the input ${name} is missing`);
    return stored;
  }

  /** A constant of the run's precision. */
  constant(numbers: ArrayLike<number>, shape: readonly number[]): Tensor {
    return tensor(Float64Array.from(numbers), { shape, dtype: this.precision });
  }

  /** Throws Unsupported for inputs and options that nobody asked for. */
  checkAllRead(): void {
    const unread = Object.keys(this.#stored).filter((name) => !this.#tensors.has(name));
    if (unread.length > 0) throw new Unsupported(`input ${unread.join(', ')}`);
    this.attributes.checkAllRead();
  }
}
