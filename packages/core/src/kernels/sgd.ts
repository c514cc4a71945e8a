import type { FloatArray } from './dtype.ts';

/** How stochastic gradient descent takes one step; see {@link sgd}. */
export type SGDNumbers = readonly [
  learningRate: number,
  momentum: number,
  dampening: number,
  weightDecay: number,
  nesterov: boolean,
  isFirst: boolean,
];

/**
 * One step of stochastic gradient descent, in place, with d = g + weightDecay·p:
 *
 * velocity ← d at the first step, then momentum·velocity + (1 - dampening)·d
 * p ← p - learningRate·(velocity, or d + momentum·velocity for Nesterov, or d without momentum)
 */
export function sgd(
  parameter: FloatArray,
  gradient: FloatArray,
  velocity: FloatArray | null,
  length: number,
  ...[learningRate, momentum, dampening, weightDecay, nesterov, isFirst]: SGDNumbers
): void {
  for (let i = 0; i < length; i++) {
    let direction = gradient[i] + weightDecay * parameter[i];
    if (velocity) {
      const moved = isFirst ? direction : momentum * velocity[i] + (1 - dampening) * direction;
      velocity[i] = moved;
      direction = nesterov ? direction + momentum * moved : moved;
    }
    parameter[i] -= learningRate * direction;
  }
}
