import type { FloatArray } from './dtype.ts';

/*
 * The error function and the normal distribution, single numbers, to the last two or three digits of float64 also far out
 * where hardly anything is left. All of them rest on e^(x²)·erfc(x), which falls slowly, like 1/x, and is smooth in
 * t = 3 / (3 + x), so that a short Chebyshev series in t holds all of x ≥ 0.
 */

/** Chebyshev coefficients of e^(x²)·erfc(x) / t on 0 ≤ t ≤ 1, computed with 60 digits (mpmath); the next one is below 2e-17. */
const coefficients = [
  0.4711460746602906, 0.37715894969156577, 0.11803603344749546, 0.028362346699695153, 0.004871757757605546,
  0.00045985238787654427, -2.143022238105315e-5, -1.301447369924135e-5, -8.809283582853514e-7, 2.7464800479702846e-7,
  4.415991899223785e-8, -6.398408385575483e-9, -1.6768357212484645e-9, 1.9473354700890025e-10, 6.247441303469389e-11,
  -8.124557552244496e-12, -2.330314613222566e-12, 4.191038539225333e-13, 8.19333526881303e-14, -2.3352472107929263e-14,
  -2.2442585649165363e-15, 1.2811435298050507e-15, 1.1054582965396302e-18, -6.44579513564904e-17,
];

/** e^(x²)·erfc(x) for x ≥ 0, by Clenshaw's recurrence. */
function scaledComplement(x: number): number {
  const t = 3 / (3 + x);
  const double = 4 * t - 2;
  let [later, last] = [0, 0];
  for (let k = coefficients.length - 1; k > 0; k--) [later, last] = [double * later - last + coefficients[k], later];
  return t * (0.5 * double * later - last + coefficients[0]);
}

/** e^(-x²/scale). The square is split so that its rounding, which the exponential would blow up, stays out. */
function bell(x: number, scale: number): number {
  const high = Math.fround(x);
  if (Math.abs(high) === Infinity) return 0;
  return Math.exp((-high * high) / scale) * Math.exp((-(x - high) * (x + high)) / scale);
}

/** erf(x) = 2/√π · ∫₀ˣ e^(-s²) ds */
export function errorFunctionAt(x: number): number {
  const size = Math.abs(x);
  if (size < 1) {
    // x·2/√π · Σ (-1)ⁿ x^2n / (n!·(2n+1)), which keeps all digits near 0.
    let [power, total] = [1, 1];
    for (let n = 1; n < 20; n++) {
      power *= -(x * x) / n;
      total += power / (2 * n + 1);
    }
    return x * (2 / Math.sqrt(Math.PI)) * total;
  }
  // NaN comes through: it is smaller than nothing.
  return size > 6 ? Math.sign(x) : Math.sign(x) * (1 - bell(size, 1) * scaledComplement(size));
}

/** Φ(x) = ½·erfc(-x/√2), with all digits where it is almost 0 */
export function normalDistributionAt(x: number): number {
  const tail = 0.5 * bell(x, 2) * scaledComplement(Math.abs(x) * Math.SQRT1_2);
  return x < 0 ? tail : 1 - tail;
}

/** φ(x) = e^(-x²/2) / √2π */
export function normalDensityAt(x: number): number {
  return bell(x, 2) / Math.sqrt(2 * Math.PI);
}

/** y = erf(x), element by element */
export function erf(x: FloatArray, y: FloatArray, length: number): void {
  for (let i = 0; i < length; i++) y[i] = errorFunctionAt(x[i]);
}
