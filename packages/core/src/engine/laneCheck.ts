import type { Heap } from './heap.ts';
import type { Routine } from './pool.ts';
import { workBytes } from './twins/multiplyMatrices.ts';

/** Large enough for all kinds of tiles, and for two blocks of the inner axis. */
const sizes = { rows: 41, inner: 300, columns: 61 } as const;

/** What is wrong with wide lanes: a product, or that the processor has none. */
export type Fault = 'wrong product' | 'no fused multiply-add';

/** Computes products whose results are known with kernels for wide lanes, as V8 has compiled them. */
export function faultOf(routines: Readonly<Record<string, Routine>>, heap: Heap): Fault | null {
  const { rows, inner, columns } = sizes;
  const [xAt, yAt, zAt] = [0, rows * inner, (rows + columns) * inner];
  const workAt = zAt + rows * columns;
  const end = workAt + workBytes / 4;
  const block = heap.take(4 * end, heap.work);
  const numbers = heap.floats(block, end);
  const multiply = (rows: number, inner: number, columns: number): Float32Array => {
    const [x, y, z, work] = [xAt, yAt, zAt, workAt].map((at) => block.pointer + 4 * at);
    const strides = [0, inner, 1, 0, columns, 1];
    const blocks = [rows, columns, inner];
    routines.matmul(x, y, 0, z, work, workBytes, 1, rows, inner, columns, ...strides, ...blocks, 0, 1, 0);
    return numbers.subarray(zAt, zAt + rows * columns);
  };
  try {
    // Whole numbers so small that each sum is exact, in any order and with any rounding.
    for (let at = xAt; at < yAt; at++) numbers[at] = ((at * 7) % 23) - 11;
    for (let at = yAt; at < zAt; at++) numbers[at] = ((at * 5) % 19) - 9;
    const wanted = productOf(numbers.subarray(xAt, yAt), numbers.subarray(yAt, zAt));
    if (multiply(rows, inner, columns).some((number, at) => number !== wanted[at])) return 'wrong product';
    // −(1 + 2⁻¹¹) + (1 + 2⁻¹²)² is 2⁻²⁴ where it is rounded once, and 0 where the product is rounded first.
    for (let row = 0; row < 6; row++) numbers.set([1, 1 + 2 ** -12], xAt + 2 * row);
    numbers.fill(-1 - 2 ** -11, yAt, yAt + 16).fill(1 + 2 ** -12, yAt + 16, yAt + 32);
    return multiply(6, 2, 16).every((number) => number === 2 ** -24) ? null : 'no fused multiply-add';
  } finally {
    heap.give(block, heap.work);
  }
}

/** x · y, by the definition. */
function productOf(x: Float32Array, y: Float32Array): Float32Array {
  const { rows, inner, columns } = sizes;
  const z = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let p = 0; p < inner; p++)
      for (let j = 0; j < columns; j++) z[i * columns + j] += x[i * inner + p] * y[p * columns + j];
  return z;
}
