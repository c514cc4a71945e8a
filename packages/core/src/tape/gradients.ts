import { TapeError } from '../errors.ts';
import { checkSurplus } from '../options/index.ts';
import { inspectDeno, inspectNode } from '../tensor/display.ts';
import { checkTensor } from '../tensor/kinds.ts';
import { Parameter } from '../tensor/parameter.ts';
import { formatShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';

const advice = 'Give the parameter, or what `tape.watch(numbers)` returned';

/**
 * The gradients of one loss, as a value: for each parameter and watched tensor, ∂loss/∂tensor of the same shape. They
 * belong to the tape they came from and end with it.
 */
export class Gradients {
  readonly #indexOf: (x: Tensor) => number | undefined;
  /** Each gradient by the index of its tensor in the steps of the tape. Open, so that deep equality compares them. */
  readonly byIndex: ReadonlyMap<number, Tensor>;

  constructor(indexOf: (x: Tensor) => number | undefined, byIndex: ReadonlyMap<number, Tensor>, ...surplus: []) {
    checkSurplus('Gradients', surplus);
    this.#indexOf = indexOf;
    this.byIndex = byIndex;
  }

  /** Whether the loss depends on `x`, as far as the tape saw. */
  has(x: Tensor, ...surplus: []): boolean {
    checkSurplus('has', surplus);
    checkTensor('gradients.has', 'x', x, advice);
    const index = this.#indexOf(x);
    return index !== undefined && this.byIndex.has(index);
  }

  /**
   * ∂loss/∂x, of the shape of x.
   *
   * @throws TapeError when the loss does not depend on x, or x is neither a parameter nor watched nor asked for
   */
  get(x: Tensor, ...surplus: []): Tensor {
    checkSurplus('get', surplus);
    checkTensor('gradients.get', 'x', x, advice);
    const index = this.#indexOf(x);
    const gradient = index === undefined ? undefined : this.byIndex.get(index);
    if (gradient) return gradient;
    const who = x instanceof Parameter ? `the parameter ${x.name}` : `a tensor of shape ${formatShape(x.shape)}`;
    throw new TapeError({
      operation: 'gradients.get',
      got: `${who}, for which there is no gradient: ${
        index === undefined ? 'the tape never met it' : 'the loss does not depend on it, or it was not asked for'
      }`,
      wanted: 'a parameter or a watched tensor that the loss was computed from',
      remedy: 'Ask `has` first, or name it: `tape.gradients(loss, { withRespectTo: [x] })`',
    });
  }

  /** All gradients, each with the index of its tensor in the steps of the tape, last ones first. */
  entries(...surplus: []): Iterable<readonly [index: number, gradient: Tensor]> {
    checkSurplus('entries', surplus);
    return this.byIndex.entries();
  }

  /** The number of gradients. */
  get size(): number {
    return this.byIndex.size;
  }

  /** What `JSON.stringify` writes: the numbers of each gradient by the index of its tensor. */
  toJSON(): Readonly<Record<number, Tensor>> {
    return Object.fromEntries(this.byIndex);
  }

  /** One row a gradient: `∂/∂%3: float32 [2] [0.5,1]`. Never throws. */
  toString(): string {
    return [...this.byIndex].map(([index, gradient]) => `∂/∂%${index}: ${gradient}`).join('\n');
  }

  /** What `console.log` shows in Node and Bun. */
  [inspectNode](): string {
    return this.size === 0 ? 'Gradients of nothing' : `Gradients\n${this}`;
  }

  /** The same in Deno. */
  [inspectDeno](): string {
    return this[inspectNode]();
  }
}
