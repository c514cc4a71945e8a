import type { FloatArray, Parameter } from '@tapegrad/core';
import { LastingNumbers } from '@tapegrad/core/authors';

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

/** A step that is about to be taken: it has all its memory, and has changed nothing. */
export interface NextStep {
  /** What the step works on, where it lies now; to be asked for before the step is taken. */
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

  /**
   * The next step, with the arrays of these names. Those that are not there yet begin with the numbers given.
   *
   * @throws OutOfMemoryError when there is no room for them
   */
  next(starts: Readonly<Record<string, number>>): NextStep {
    const begun = new Map<string, LastingNumbers>();
    const giveUp = (): void => {
      for (const numbers of begun.values()) numbers.release();
    };
    try {
      for (const [name, start] of Object.entries(starts)) {
        if (!this.#arrays.has(name)) begun.set(name, this.#filled(start));
      }
    } catch (error) {
      giveUp();
      throw error;
    }
    const numbersOf = (name: string): FloatArray =>
      (this.#arrays.get(name) ?? (begun.get(name) as LastingNumbers)).array;
    return {
      look: () => ({
        step: this.#steps + 1,
        arrays: Object.fromEntries(Object.keys(starts).map((name) => [name, numbersOf(name)])),
        begun: new Set(begun.keys()),
      }),
      take: () => {
        this.#steps++;
        for (const [name, numbers] of begun) this.#arrays.set(name, numbers);
      },
      giveUp,
    };
  }

  #filled(start: number): LastingNumbers {
    const { dtype, size } = this.#parameter;
    return new LastingNumbers((dtype === 'float32' ? new Float32Array(size) : new Float64Array(size)).fill(start));
  }

  /** A copy, as data. */
  state(): ParameterState {
    const copies = [...this.#arrays].map(([name, numbers]) => [name, numbers.array.slice()] as const);
    return { steps: this.#steps, arrays: Object.fromEntries(copies) };
  }
}
