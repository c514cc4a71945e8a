import type { IndexNumbers, Memory } from '../../engine/memory.ts';
import { indexOf } from '../../kernels/chosenIndex.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/**
 * What a max pooling chose: for each number of its output the index, row·width + column, of the element of the plane that
 * was the largest. It is kept beside the output for the derivative, written as kernels/chosenIndex.ts says.
 */
export class ChosenIndices {
  #numbers: IndexNumbers | undefined;

  /** Room for the indices, to be written while the pooling is computed. */
  allocate(length: number, memory: Memory): Int32Array {
    this.#numbers = memory.indices(length);
    return this.#numbers.array;
  }

  /** The indices, once the pooling is computed. */
  get array(): Int32Array {
    if (!this.#numbers) throw new Error('a pooling whose indices are read before it was computed');
    return this.#numbers.array;
  }

  /**
   * A copy with the index of each element that was chosen, whether or not a cotangent flows back: -1 for padding alone. It
   * computes the pooling, whose output this is.
   */
  toIndices(pooled: Tensor): Int32Array {
    // What has no numbers is not computed at all.
    if (pooled.size === 0) return new Int32Array(0);
    pooled.read();
    return this.array.map(indexOf);
  }
}
