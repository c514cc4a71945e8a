import type { FloatArray, Parameter } from '@tapegrad/core';
import { allocateFloats, LastingNumbers } from '@tapegrad/core/authors';

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
  readonly begun: ReadonlySet<string>;
}

/** A step that is about to be taken, and has changed nothing. */
export interface NextStep {
  /**
   * Takes the memory of what begins with this step, and gives all that it works on, where it lies now.
   *
   * @throws OutOfMemoryError when there is no room
   */
  look(): Remembered;
  /** From here on the step counts, and the arrays that begin with it are remembered. */
  take(): void;
  /** The step is not taken after all. */
  giveUp(): void;
}

/** What an optimiser remembers of one parameter. */
export class ParameterMemory {
  readonly #parameter: Parameter;
  readonly #arrays = new Map<string, LastingNumbers>();
  #steps: number;

  /** Nothing but the parameter's size, or a copy of what is known of it. */
  constructor(parameter: Parameter, { steps, arrays }: ParameterState = { steps: 0, arrays: {} }) {
    this.#parameter = parameter;
    this.#steps = steps;
    for (const [name, array] of Object.entries(arrays)) this.#arrays.set(name, new LastingNumbers(array));
  }

  /** The next step, with the arrays of these names. Those that are not there yet begin with the numbers given. */
  next(starts: Readonly<Record<string, number>>): NextStep {
    const begun = new Map<string, LastingNumbers>();
    const numbersOf = (name: string): LastingNumbers => {
      const numbers = this.#arrays.get(name) ?? begun.get(name) ?? this.#filled(starts[name]);
      if (!this.#arrays.has(name)) begun.set(name, numbers);
      return numbers;
    };
    return {
      look: () => {
        // All of them are made before the first is looked at, for that may move them.
        const numbers = Object.keys(starts).map((name) => [name, numbersOf(name)] as const);
        const arrays = Object.fromEntries(numbers.map(([name, { array }]) => [name, array]));
        return { step: this.#steps + 1, arrays, begun: new Set(begun.keys()) };
      },
      take: () => {
        this.#steps++;
        for (const [name, numbers] of begun) this.#arrays.set(name, numbers);
      },
      giveUp: () => {
        for (const numbers of begun.values()) numbers.release();
      },
    };
  }

  #filled(start: number): LastingNumbers {
    const { dtype, size } = this.#parameter;
    return new LastingNumbers(allocateFloats(dtype, size).fill(start));
  }

  /** A copy, as data. */
  state(): ParameterState {
    const copies = [...this.#arrays].map(([name, numbers]) => [name, numbers.array.slice()] as const);
    return { steps: this.#steps, arrays: Object.fromEntries(copies) };
  }
}
