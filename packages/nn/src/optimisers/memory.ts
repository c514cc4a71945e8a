import { type FloatArray, LastingNumbers, type Parameter } from '@tapegrad/core';

/** What an optimiser remembers of one parameter, as data. */
export interface ParameterState {
  /** How many steps the parameter has taken. */
  readonly steps: number;
  /** Running means and the like, of the parameter's length and type, by name. */
  readonly arrays: Readonly<Record<string, FloatArray>>;
}

/** What an optimiser remembers of one parameter. */
export class ParameterMemory {
  /** How many steps the parameter has taken; while it takes one, that one included. */
  steps = 0;
  readonly #parameter: Parameter;
  readonly #arrays = new Map<string, LastingNumbers>();

  /** Nothing but the parameter's size, or a copy of what is known of it. */
  constructor(parameter: Parameter, { steps, arrays }: ParameterState = { steps: 0, arrays: {} }) {
    this.#parameter = parameter;
    this.steps = steps;
    for (const [name, array] of Object.entries(arrays)) this.#arrays.set(name, new LastingNumbers(array));
  }

  has(name: string): boolean {
    return this.#arrays.has(name);
  }

  /** The array of that name, to be changed in place; before that it is `start` everywhere. */
  array(name: string, start = 0): FloatArray {
    const known = this.#arrays.get(name);
    if (known) return known.array;
    const { dtype, size } = this.#parameter;
    const made = new LastingNumbers(
      (dtype === 'float32' ? new Float32Array(size) : new Float64Array(size)).fill(start),
    );
    this.#arrays.set(name, made);
    return made.array;
  }

  /** A copy, as data. */
  state(): ParameterState {
    const copies = [...this.#arrays].map(([name, numbers]) => [name, numbers.array.slice()] as const);
    return { steps: this.steps, arrays: Object.fromEntries(copies) };
  }
}
