import type { FloatArray, Parameter } from '@tapegrad/core';
import { allocateFloats, checkSurplus, LastingNumbers } from '@tapegrad/core/authors';

/** What an optimiser remembers of one parameter, as data. */
export interface ParameterState {
  /** How many steps the parameter has taken. */
  readonly steps: number;
  /** Running means and the like, of the parameter's length and type, by name. */
  readonly arrays: Readonly<Record<string, FloatArray>>;
}

/** What a step finds of its parameter. */
export interface Remembered {
  /** The number of this step, the first being 1. */
  readonly step: number;
  /** Running means and the like, to be changed in place, by name. */
  readonly arrays: Readonly<Record<string, FloatArray>>;
  /** Those of them that begin with this step. */
  readonly beginning: ReadonlySet<string>;
}

/** That no array begins with a step, which holds for all but the first. */
const none: ReadonlySet<string> = new Set();

/** What an optimiser remembers of one parameter. */
export class ParameterMemory {
  readonly #parameter: Parameter;
  readonly #arrays = new Map<string, LastingNumbers>();
  /** Those that begin with the step that is about to be taken. */
  readonly #beginning = new Map<string, LastingNumbers>();
  #steps: number;

  /** Nothing but the parameter's size, or a copy of what is known of it. */
  constructor(parameter: Parameter, { steps, arrays }: ParameterState = { steps: 0, arrays: {} }, ...surplus: []) {
    checkSurplus('ParameterMemory', surplus);
    this.#parameter = parameter;
    this.#steps = steps;
    for (const [name, array] of Object.entries(arrays)) this.#arrays.set(name, new LastingNumbers(array));
  }

  /**
   * What the next step works on: the arrays of these names, of which those that are not there yet begin with the numbers
   * given. They are remembered only by {@link commit}.
   *
   * @throws OutOfMemoryError when there is no room
   */
  prepare(starts: Readonly<Record<string, number>>, ...surplus: []): Remembered {
    checkSurplus('prepare', surplus);
    // All of them are made before the first is looked at, for that may move them.
    for (const name in starts) this.#begin(name, starts[name]);
    const arrays: Record<string, FloatArray> = {};
    for (const name in starts)
      arrays[name] = (this.#arrays.get(name) ?? this.#beginning.get(name))?.array as FloatArray;
    return {
      step: this.#steps + 1,
      arrays,
      beginning: this.#beginning.size === 0 ? none : new Set(this.#beginning.keys()),
    };
  }

  #begin(name: string, start: number): void {
    if (this.#arrays.has(name) || this.#beginning.has(name)) return;
    const { dtype, size } = this.#parameter;
    this.#beginning.set(name, new LastingNumbers(allocateFloats(dtype, size).fill(start)));
  }

  /** Counts the step, and remembers the arrays that begin with it. */
  commit(...surplus: []): void {
    checkSurplus('commit', surplus);
    this.#steps++;
    if (this.#beginning.size === 0) return;
    for (const [name, numbers] of this.#beginning) this.#arrays.set(name, numbers);
    this.#beginning.clear();
  }

  /** Forgets the arrays that would have begun with the step, which is not taken. */
  discard(...surplus: []): void {
    checkSurplus('discard', surplus);
    for (const numbers of this.#beginning.values()) numbers.release();
    this.#beginning.clear();
  }

  /** A copy, as data. */
  state(...surplus: []): ParameterState {
    checkSurplus('state', surplus);
    const copies = [...this.#arrays].map(([name, numbers]) => [name, numbers.array.slice()] as const);
    return { steps: this.#steps, arrays: Object.fromEntries(copies) };
  }
}
