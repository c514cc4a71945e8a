import type { FloatArray, Parameter } from '@tapegrad/core';
import { checkSurplus, optimiserTwins, type RMSPropNumbers, withTwin } from '@tapegrad/core/authors';
import type { ParameterGroup } from './groups.ts';
import type { Remembered } from './memory.ts';
import { Optimiser, type OptimiserKind } from './optimiser.ts';
import { checkNotNegative, checkSetting } from './settings.ts';

export interface RMSPropSettings {
  /** Default: 0.01. */
  learningRate: number;
  /** How much is kept of the running mean of the squared gradient. Default: 0.99. */
  alpha: number;
  /** What keeps the divisor from 0. Default: 1e-8. */
  epsilon: number;
  /** The factor of the L2 penalty whose gradient is added. Default: 0. */
  weightDecay: number;
  /** How much of the last direction is kept. Default: 0. */
  momentum: number;
  /** Whether to divide by the standard deviation of the gradient, and not by its root mean square. Default: false. */
  centred: boolean;
}

const kind: OptimiserKind<RMSPropSettings> = {
  name: 'RMSProp',
  defaults: { learningRate: 0.01, alpha: 0.99, epsilon: 1e-8, weightDecay: 0, momentum: 0, centred: false },
  arrays: {
    v: {},
    mean: { isKept: ({ centred }) => centred },
    velocity: { isKept: ({ momentum }) => momentum !== 0 },
  },
  check: ({ learningRate, alpha, epsilon, weightDecay, momentum }) => {
    checkNotNegative('RMSProp', { learningRate, epsilon, weightDecay, momentum });
    checkSetting('RMSProp', 'alpha', alpha, alpha >= 0 && alpha <= 1, 'a number from 0 to 1');
  },
};

/**
 * RMSProp: p ← p - learningRate·d / (√v + ε), where d = g + weightDecay·p and v is the running mean of d². With momentum
 * along a velocity that becomes momentum·velocity + d / (√v + ε). Centred, √(v - mean²) stands for √v, with the running
 * mean of d; a variance that rounding takes below 0 counts as 0.
 *
 * Source: Tieleman and Hinton, "Lecture 6.5: RMSProp", Coursera, 2012; centred: Graves, "Generating sequences with
 * recurrent neural networks", 2013. As in PyTorch.
 */
export class RMSProp extends Optimiser<RMSPropSettings> {
  /** @throws ValueError when a setting is unknown or out of range, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<RMSPropSettings>[],
    settings: Partial<RMSPropSettings> = {},
    ...surplus: []
  ) {
    checkSurplus('RMSProp', surplus);
    super(kind, parameters, settings);
  }

  protected override update(
    numbers: FloatArray,
    gradient: FloatArray,
    { arrays }: Remembered,
    { learningRate, alpha, epsilon, weightDecay, momentum }: RMSPropSettings,
  ): void {
    const { v, mean = null, velocity = null } = arrays;
    const settings = [learningRate, alpha, epsilon, weightDecay, momentum] as const;
    rmsPropWithTwin(numbers, gradient, v, mean, velocity, numbers.length, ...settings);
  }
}

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

export const rmsPropWithTwin: typeof rmsProp = /* @__PURE__ */ withTwin(rmsProp, optimiserTwins.rmsProp);
