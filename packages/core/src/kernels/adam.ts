import type { FloatArray } from './dtype.ts';

/** How Adam takes one step; see {@link adam}. */
export type AdamNumbers = readonly [
  learningRate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
  weightDecay: number,
  step: number,
];

/**
 * One step of Adam, in place, the first step being number 1, with d = g + weightDecay·p:
 *
 * m ← β₁·m + (1 - β₁)·d, v ← β₂·v + (1 - β₂)·d²
 * p ← p - learningRate·m̂ / (√v̂ + ε), where m̂ = m / (1 - β₁^step) and v̂ = v / (1 - β₂^step)
 *
 * With `largest` given (AMSGrad), v̂ is made of the largest v so far.
 */
export function adam(
  parameter: FloatArray,
  gradient: FloatArray,
  m: FloatArray,
  v: FloatArray,
  largest: FloatArray | null,
  length: number,
  ...[learningRate, beta1, beta2, epsilon, weightDecay, step]: AdamNumbers
): void {
  const rate = learningRate / (1 - beta1 ** step);
  const scale = 1 / Math.sqrt(1 - beta2 ** step);
  for (let i = 0; i < length; i++) {
    const direction = gradient[i] + weightDecay * parameter[i];
    m[i] += (1 - beta1) * (direction - m[i]);
    v[i] = beta2 * v[i] + (1 - beta2) * direction * direction;
    let spread = v[i];
    if (largest) {
      largest[i] = Math.max(largest[i], v[i]);
      spread = largest[i];
    }
    parameter[i] -= (rate * m[i]) / (Math.sqrt(spread) * scale + epsilon);
  }
}

/** p ← factor·p, in place: the weight decay of AdamW, which stands beside the step and not inside the gradient. */
export function decay(parameter: FloatArray, length: number, factor: number): void {
  for (let i = 0; i < length; i++) parameter[i] *= factor;
}
