import { allocateFloats, type DataType, type FloatArray } from '../kernels/dtype.ts';

/** Where an op asks for room for its result. */
export interface Memory {
  /** Room for `length` numbers, with whatever stands in it: the caller writes every one. */
  allocate(dtype: DataType, length: number): FloatArray;
  /** Room for `length` numbers, all zero. */
  zeros(dtype: DataType, length: number): FloatArray;
}

/** Ordinary JavaScript arrays, which the garbage collector ends. */
export const garbageCollected: Memory = { allocate: allocateFloats, zeros: allocateFloats };

/**
 * The memory of one step of training. All of it is given back at once, by {@link release}, and serves the next step:
 * from the second equal step on nothing new is asked of the machine.
 */
export class StepMemory implements Memory {
  readonly #lent: FloatArray[] = [];

  allocate(dtype: DataType, length: number): FloatArray {
    const array = spare.take(dtype, length) ?? allocateFloats(dtype, length);
    this.#lent.push(array);
    return array;
  }

  zeros(dtype: DataType, length: number): FloatArray {
    return this.allocate(dtype, length).fill(0);
  }

  /** Gives everything back. Whoever holds one of the arrays still would see the next step's numbers in it. */
  release(): void {
    for (const array of this.#lent) spare.keep(array);
    this.#lent.length = 0;
  }
}

/** Arrays that ended steps gave back, by type and length, for the next step to take. */
class Spare {
  /** Beyond this many bytes, arrays go to the garbage collector: steps of ever new sizes must not pile up. */
  static readonly limit = 2 ** 30;
  readonly #shelves = new Map<string, FloatArray[]>();
  #bytes = 0;

  take(dtype: DataType, length: number): FloatArray | undefined {
    const array = this.#shelves.get(`${dtype} ${length}`)?.pop();
    if (array) this.#bytes -= array.byteLength;
    return array;
  }

  keep(array: FloatArray): void {
    if (this.#bytes + array.byteLength > Spare.limit) {
      this.#shelves.clear();
      this.#bytes = 0;
      return;
    }
    const shelf = `${array instanceof Float32Array ? 'float32' : 'float64'} ${array.length}`;
    const arrays = this.#shelves.get(shelf);
    if (arrays) arrays.push(array);
    else this.#shelves.set(shelf, [array]);
    this.#bytes += array.byteLength;
  }
}

const spare = new Spare();
