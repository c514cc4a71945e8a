import { TapeError } from '../errors.ts';
import { Parameter } from '../tensor/parameter.ts';
import { formatShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * The gradients of one loss, as a value: for each parameter and watched tensor, ∂loss/∂tensor of the same shape. They
 * belong to the tape they came from and end with it.
 */
export class Gradients {
  readonly #placeOf: (x: Tensor) => number | undefined;
  readonly #byPlace: ReadonlyMap<number, Tensor>;

  constructor(placeOf: (x: Tensor) => number | undefined, byPlace: ReadonlyMap<number, Tensor>) {
    this.#placeOf = placeOf;
    this.#byPlace = byPlace;
  }

  /** Whether the loss depends on `x`, as far as the tape saw. */
  has(x: Tensor): boolean {
    const place = this.#placeOf(x);
    return place !== undefined && this.#byPlace.has(place);
  }

  /**
   * ∂loss/∂x, of the shape of x.
   *
   * @throws TapeError when the loss does not depend on x, or x is neither a parameter nor watched nor asked for
   */
  get(x: Tensor): Tensor {
    const place = this.#placeOf(x);
    const gradient = place === undefined ? undefined : this.#byPlace.get(place);
    if (gradient) return gradient;
    const who = x instanceof Parameter ? `the parameter ${x.name}` : `a tensor of shape ${formatShape(x.shape)}`;
    throw new TapeError({
      operation: 'gradients.get',
      got: `${who}, for which there is no gradient: ${
        place === undefined ? 'the tape never met it' : 'the loss does not depend on it, or it was not asked for'
      }`,
      wanted: 'a parameter or a watched tensor that the loss was computed from',
      remedy: 'Ask `has` first, or name it: `tape.gradients(loss, { withRespectTo: [x] })`',
    });
  }

  /** All gradients, each with the place of its tensor in the steps of the tape, last ones first. */
  entries(): Iterable<readonly [place: number, gradient: Tensor]> {
    return this.#byPlace.entries();
  }

  /** The number of gradients. */
  get size(): number {
    return this.#byPlace.size;
  }
}
