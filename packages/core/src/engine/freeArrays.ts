import type { DataType, FloatArray } from '../kernels/dtype.ts';

/** Ordinary arrays that ended steps gave back, by type and length, for the next step to take. */
export class FreeArrays {
  /** Beyond this many bytes, arrays go to the garbage collector: steps of ever new sizes must not pile up. */
  static readonly limit = 2 ** 30;
  readonly #byKind = new Map<string, FloatArray[]>();
  #bytes = 0;

  take(dtype: DataType, length: number): FloatArray | undefined {
    const array = this.#byKind.get(`${dtype} ${length}`)?.pop();
    if (array) this.#bytes -= array.byteLength;
    return array;
  }

  keep(array: FloatArray): void {
    if (this.#bytes + array.byteLength > FreeArrays.limit) {
      this.#byKind.clear();
      this.#bytes = 0;
      return;
    }
    const kind = `${array instanceof Float32Array ? 'float32' : 'float64'} ${array.length}`;
    const arrays = this.#byKind.get(kind);
    if (arrays) arrays.push(array);
    else this.#byKind.set(kind, [array]);
    this.#bytes += array.byteLength;
  }
}
