import type { Random } from '@tapegrad/core';
import { exponential, logarithm } from '@tapegrad/core/authors';

/** A number from the Beta distribution of a and a: x / (x + y) of two numbers from the Gamma distribution of a. */
export function beta(alpha: number, random: Random): number {
  const [x, y] = [logGamma(alpha, random), logGamma(alpha, random)];
  // By their logarithms, for with a small alpha both may be too small to be written.
  return 1 / (1 + exponential(y - x));
}

/**
 * The logarithm of a number from the Gamma distribution of `shape`.
 *
 * Source: Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; below 1 by Γ(a) = Γ(a + 1) u^(1/a).
 */
function logGamma(shape: number, random: Random): number {
  if (shape < 1) return logGamma(shape + 1, random) + logarithm(1 - random.uniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const logV = logarithm(v);
    if (logarithm(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * logV) return logarithm(d) + logV;
  }
}
