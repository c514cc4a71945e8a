import { power } from '../arithmetic/index.ts';
import type { FloatArray } from './dtype.ts';

/*
 * One number in, one number out, element by element, over flat arrays of equal length. Of a pair (name, nameSlope) the
 * second computes the derivative where that is cheaper than writing it in ops. Comparisons give 1 for yes and 0 for no.
 */

/** z = x + y */
export function add(x: FloatArray, y: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) z[i] = x[i] + y[i];
}

/** z = x - y */
export function subtract(x: FloatArray, y: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) z[i] = x[i] - y[i];
}

/** z = x·y */
export function multiply(x: FloatArray, y: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) z[i] = x[i] * y[i];
}

/** z = x / y */
export function divide(x: FloatArray, y: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) z[i] = x[i] / y[i];
}

/** z = g·slope, and 0 where g is 0 and the slope is infinite or NaN: what does not count passes nothing on */
export function multiplyCotangent(g: FloatArray, slope: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) {
    const product = g[i] * slope[i];
    z[i] = g[i] === 0 && Number.isNaN(product) ? 0 : product;
  }
}

/** z = g / y, and 0 where g is 0 and y is 0 or NaN */
export function divideCotangent(g: FloatArray, y: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) {
    const quotient = g[i] / y[i];
    z[i] = g[i] === 0 && Number.isNaN(quotient) ? 0 : quotient;
  }
}

/** z = x^y, with NaN for a negative x and a fractional y; 1^y and x^0 are 1, as in C. */
export function pow(x: FloatArray, y: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) z[i] = power(x[i], y[i]);
}

/** z = the larger of x and y; NaN where one of them is */
export function maximum(x: FloatArray, y: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) z[i] = Math.max(x[i], y[i]);
}

/** z = the smaller of x and y; NaN where one of them is */
export function minimum(x: FloatArray, y: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) z[i] = Math.min(x[i], y[i]);
}

/** z = 1 where x > y, ½ where they are equal, else 0: the share of a maximum that belongs to x */
export function greaterShare(x: FloatArray, y: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) z[i] = x[i] > y[i] ? 1 : x[i] === y[i] ? 0.5 : 0;
}

/** z = 1 where x = y, else 0 */
export function equal(x: FloatArray, y: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) z[i] = x[i] === y[i] ? 1 : 0;
}

/** z = 1 where x > y, else 0 */
export function greater(x: FloatArray, y: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) z[i] = x[i] > y[i] ? 1 : 0;
}

/** z = 1 where x ≥ y, else 0 */
export function greaterOrEqual(x: FloatArray, y: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) z[i] = x[i] >= y[i] ? 1 : 0;
}

/** w = x where condition ≠ 0, else y */
export function where(condition: FloatArray, x: FloatArray, y: FloatArray, w: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) w[i] = condition[i] !== 0 ? x[i] : y[i];
}

/** y = -x */
export function negate(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i] = -x[i];
}

/** y = e^x */
export function exp(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i] = Math.exp(x[i]);
}

/** y = ln x */
export function log(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i] = Math.log(x[i]);
}

/** y = √x */
export function sqrt(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i] = Math.sqrt(x[i]);
}

/** y = |x| */
export function abs(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i] = Math.abs(x[i]);
}

/** y = 1, -1 or 0 by the sign of x; NaN stays NaN */
export function sign(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i] = Math.sign(x[i]);
}

/** y = max(x, 0); NaN stays NaN */
export function relu(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i] = Math.max(x[i], 0);
}

/** z = g where x > 0, else 0 */
export function reluGradient(x: FloatArray, g: FloatArray, z: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) z[i] = x[i] > 0 ? g[i] : 0;
}

/** y = 1 / (1 + e^-x), by the form that does not overflow on either side */
export function sigmoid(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) {
    const small = Math.exp(-Math.abs(x[i]));
    y[i] = x[i] >= 0 ? 1 / (1 + small) : small / (1 + small);
  }
}

/** y = tanh x */
export function tanh(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i] = Math.tanh(x[i]);
}

/** y = x held between low and high (low first, so that high wins where they cross); NaN stays NaN */
export function clamp(x: FloatArray, y: FloatArray, length: number, low: number, high: number): void {
  for (let i = 0; i < length; i++) y[i] = Math.min(Math.max(x[i], low), high);
}

/** y = 1 where low ≤ x ≤ high, else 0 */
export function within(x: FloatArray, y: FloatArray, length: number, low: number, high: number): void {
  for (let i = 0; i < length; i++) y[i] = x[i] >= low && x[i] <= high ? 1 : 0;
}

/** y[r, c] += bias[c] for every row r */
export function addToRows(bias: FloatArray, y: FloatArray, rows: number, columns: number): void {
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, at++) y[at] += bias[c];
  }
}
