import { TapeError } from '../errors.ts';
import { Parameter } from '../tensor/parameter.ts';
import type { View } from '../tensor/strided.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Entry } from './step.ts';

/** Numbers that were written right into the call of an op, as the 2 of `multiply(x, 2)`. */
export class Literal extends Tensor {}

/**
 * A value computed from parameters alone while no tape was there to listen: `transpose(weight)`, or the L2 penalty
 * `sum(square(weight))`. It remembers how it was made, and is written down as soon as it meets a tape.
 */
export class Deferred extends Tensor {
  readonly entry: Entry;
  readonly #versions: readonly (readonly [Parameter, number])[];

  constructor(view: View, entry: Entry) {
    super(view, null);
    this.entry = entry;
    const parameters = Object.values(entry.inputs).filter((input) => input instanceof Parameter);
    this.#versions = parameters.map((parameter) => [parameter, parameter.version]);
  }

  /** Whether an op with these inputs can be written down later: they come from parameters, and from nothing else. */
  static isPossible(inputs: Readonly<Record<string, Tensor>>): boolean {
    const all = Object.values(inputs);
    return (
      all.some((input) => input instanceof Parameter || input instanceof Deferred) &&
      all.every((input) => input instanceof Parameter || input instanceof Deferred || input instanceof Literal)
    );
  }

  /** Throws a TapeError when a parameter was changed since the value was computed. */
  checkFresh(operation: string): void {
    const changed = this.#versions.find(([parameter, version]) => parameter.version !== version);
    if (!changed) return;
    throw new TapeError({
      operation,
      got: `the result of ${this.entry.operation}, computed from the parameter ${changed[0].name} before that was changed`,
      wanted: 'a value of the parameters as they are now',
      remedy: 'Compute it again in each step',
    });
  }
}
