import type { FloatArray } from './dtype.ts';

/** How Adagrad takes one step; see {@link adagrad}. */
export type AdagradNumbers = readonly [
  learningRate: number,
  learningRateDecay: number,
  epsilon: number,
  weightDecay: number,
  step: number,
];

/**
 * One step of Adagrad, in place, the first step being number 1, with d = g + weightDecay·p:
 *
 * total ← total + d²
 * p ← p - rate·d / (√total + ε), where rate = learningRate / (1 + (step - 1)·learningRateDecay)
 */
export function adagrad(
  parameter: FloatArray,
  gradient: FloatArray,
  total: FloatArray,
  length: number,
  ...[learningRate, learningRateDecay, epsilon, weightDecay, step]: AdagradNumbers
): void {
  const rate = learningRate / (1 + (step - 1) * learningRateDecay);
  for (let i = 0; i < length; i++) {
    const direction = gradient[i] + weightDecay * parameter[i];
    total[i] += direction * direction;
    parameter[i] -= (rate * direction) / (Math.sqrt(total[i]) + epsilon);
  }
}
