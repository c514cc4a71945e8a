/* Bounds and factors are float64: what becomes of them where the numbers are float32. */

const number = new Float32Array(1);
const bits = new Int32Array(number.buffer);

/** The smallest float32 ≥ x: comparing a float32 with it is comparing it with x. */
export function atLeast(x: number): number {
  const rounded = Math.fround(x);
  return rounded < x ? above(rounded) : rounded;
}

/** The largest float32 ≤ x */
export function atMost(x: number): number {
  return -atLeast(-x);
}

/** The next larger float32 after x, which is not Infinity */
export function above(x: number): number {
  number[0] = x === 0 ? 0 : x;
  bits[0] += number[0] < 0 ? -1 : 1;
  return number[0];
}

/** Whether x is as precise as any number when it is rounded to float32: neither too large for it nor too small. */
export function isPrecise(x: number): boolean {
  const size = Math.abs(x);
  return x === 0 || !Number.isFinite(x) || (size >= 2 ** -126 && Math.fround(size) < Infinity);
}
