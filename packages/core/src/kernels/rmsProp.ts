import type { FloatArray } from './dtype.ts';

/** How RMSProp takes one step; see {@link rmsProp}. */
export type RMSPropNumbers = readonly [
  learningRate: number,
  alpha: number,
  epsilon: number,
  weightDecay: number,
  momentum: number,
];

/**
 * One step of RMSProp, in place, with d = g + weightDecay·p:
 *
 * v ← α·v + (1 - α)·d², and with `mean` given m ← α·m + (1 - α)·d
 * p ← p - learningRate·d / (√v + ε), with √(v - m²) where there is a mean
 *
 * With `velocity` given it is velocity ← momentum·velocity + d / (…) that is followed. v - m² is a variance: where
 * rounding takes it below 0, it counts as 0.
 */
export function rmsProp(
  parameter: FloatArray,
  gradient: FloatArray,
  v: FloatArray,
  mean: FloatArray | null,
  velocity: FloatArray | null,
  length: number,
  ...[learningRate, alpha, epsilon, weightDecay, momentum]: RMSPropNumbers
): void {
  for (let i = 0; i < length; i++) {
    const direction = gradient[i] + weightDecay * parameter[i];
    v[i] = alpha * v[i] + (1 - alpha) * direction * direction;
    let spread = v[i];
    if (mean) {
      mean[i] += (1 - alpha) * (direction - mean[i]);
      spread = Math.max(0, v[i] - mean[i] * mean[i]);
    }
    let step = direction / (Math.sqrt(spread) + epsilon);
    if (velocity) {
      velocity[i] = momentum * velocity[i] + step;
      step = velocity[i];
    }
    parameter[i] -= learningRate * step;
  }
}
