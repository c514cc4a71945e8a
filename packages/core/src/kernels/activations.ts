import type { FloatArray } from './dtype.ts';
import { normalDensityAt, normalDistributionAt } from './errorFunction.ts';

/*
 * Activations, element by element, over flat arrays of equal length, and the slopes that are not worth writing in ops. NaN
 * stays NaN, and at ±Infinity stands the limit.
 */

/** An activation that sinks to 0 as x falls is x·0 at -Infinity; with the lowest finite number instead it is not NaN. */
const lowest = -Number.MAX_VALUE;

/** y = x for x > 0, else slope·x */
export function leakyRelu(x: FloatArray, y: FloatArray, length: number, slope: number): void {
  for (let i = 0; i < length; i++) y[i] = x[i] > 0 ? x[i] : slope === 0 && x[i] < 0 ? 0 : slope * x[i];
}

/** y = 1 where x > 0, else slope */
export function leakyReluSlope(x: FloatArray, y: FloatArray, length: number, slope: number): void {
  for (let i = 0; i < length; i++) y[i] = x[i] > 0 ? 1 : slope;
}

/** y = scale·x for x > 0, else scale·alpha·(e^x - 1) */
export function elu(x: FloatArray, y: FloatArray, length: number, alpha: number, scale: number): void {
  for (let i = 0; i < length; i++) y[i] = x[i] > 0 ? scale * x[i] : scale * alpha * Math.expm1(x[i]);
}

/** y = above for x > 0, else alpha·e^x: the slope of elu, and with 0 above its curvature */
export function eluSlope(x: FloatArray, y: FloatArray, length: number, alpha: number, above: number): void {
  for (let i = 0; i < length; i++) y[i] = x[i] > 0 ? above : alpha * Math.exp(x[i]);
}

/** y = x·Φ(x), where Φ is the normal distribution */
export function gelu(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i] = Math.max(x[i], lowest) * normalDistributionAt(x[i]);
}

/** y = x / (1 + e^-2u) with u = √(2/π)·(x + 0.044715·x³), which is ½·x·(1 + tanh u) without its cancellation */
export function geluTanh(x: FloatArray, y: FloatArray, length: number): void {
  const factor = 2 * Math.sqrt(2 / Math.PI);
  for (let i = 0; i < length; i++) {
    y[i] = Math.max(x[i], lowest) / (1 + Math.exp(-factor * (x[i] + 0.044715 * x[i] * x[i] * x[i])));
  }
}

/** y = Φ(x) + x·φ(x), the slope of gelu */
export function geluSlope(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) {
    // Beyond ±40 it is 0 and 1 to the last digit, and at an infinity x·0 would be NaN.
    const held = Math.min(Math.max(x[i], -40), 40);
    y[i] = normalDistributionAt(held) + held * normalDensityAt(held);
  }
}

/** y = s + x·s·(1 - s)·2·du/dx with s = 1 / (1 + e^-2u), the slope of geluTanh */
export function geluTanhSlope(x: FloatArray, y: FloatArray, length: number): void {
  const factor = 2 * Math.sqrt(2 / Math.PI);
  for (let i = 0; i < length; i++) {
    const held = Math.min(Math.max(x[i], -40), 40);
    const s = 1 / (1 + Math.exp(-factor * (held + 0.044715 * held * held * held)));
    y[i] = s + held * s * (1 - s) * factor * (1 + 3 * 0.044715 * held * held);
  }
}

/** y = e^(-x²/2) / √2π, the slope of Φ */
export function normalDensity(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i] = normalDensityAt(x[i]);
}

/** y = x / (1 + e^-x) */
export function silu(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) {
    const small = Math.exp(-Math.abs(x[i]));
    y[i] = x[i] >= 0 ? x[i] / (1 + small) : (Math.max(x[i], lowest) * small) / (1 + small);
  }
}

/** y = x·tanh(ln(1 + e^x)) */
export function mish(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) {
    // tanh ln(1 + e) = n / (n + 2) with n = e·(e + 2), which is 1 to the last digit long before e^2x overflows.
    const e = Math.exp(x[i]);
    const n = e * (e + 2);
    y[i] = x[i] > 20 ? x[i] : (Math.max(x[i], lowest) * n) / (n + 2);
  }
}

/** y = n / (n + 2) + 4·x·e·(e + 1) / (n + 2)² with e = e^x and n = e·(e + 2), the slope of mish */
export function mishSlope(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) {
    const held = Math.max(x[i], -800);
    const e = Math.exp(held);
    const n = e * (e + 2);
    y[i] = x[i] > 20 ? 1 : n / (n + 2) + (4 * held * e * (e + 1)) / ((n + 2) * (n + 2));
  }
}

/** y = ln(1 + e^(beta·x)) / beta, and x itself where beta·x > threshold */
export function softplus(x: FloatArray, y: FloatArray, length: number, beta: number, threshold: number): void {
  for (let i = 0; i < length; i++) {
    const z = beta * x[i];
    y[i] = z > threshold ? x[i] : (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))) / beta;
  }
}

/** y = 1 / (1 + e^(-beta·x)), and 1 where beta·x > threshold */
export function softplusSlope(x: FloatArray, y: FloatArray, length: number, beta: number, threshold: number): void {
  for (let i = 0; i < length; i++) {
    const z = beta * x[i];
    const small = Math.exp(-Math.abs(z));
    y[i] = z > threshold ? 1 : z >= 0 ? 1 / (1 + small) : small / (1 + small);
  }
}

/** y = alpha·x + beta, held between 0 and 1 */
export function hardSigmoid(x: FloatArray, y: FloatArray, length: number, alpha: number, beta: number): void {
  for (let i = 0; i < length; i++) y[i] = Math.min(1, Math.max(0, alpha * x[i] + beta));
}

/** y = alpha where 0 < alpha·x + beta < 1, else 0 */
export function hardSigmoidSlope(x: FloatArray, y: FloatArray, length: number, alpha: number, beta: number): void {
  for (let i = 0; i < length; i++) {
    const line = alpha * x[i] + beta;
    y[i] = line > 0 && line < 1 ? alpha : 0;
  }
}
