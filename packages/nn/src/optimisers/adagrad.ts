import type { FloatArray, Parameter } from '@tapegrad/core';
import { type AdagradNumbers, checkSurplus, optimiserTwins, withTwin } from '@tapegrad/core/authors';
import type { ParameterGroup } from './groups.ts';
import type { Remembered } from './memory.ts';
import { Optimiser, type OptimiserKind } from './optimiser.ts';
import { checkNotNegative } from './settings.ts';

export interface AdagradSettings {
  /** Default: 0.01. */
  learningRate: number;
  /** How fast the learning rate falls: at step t it is learningRate / (1 + (t - 1)·learningRateDecay). Default: 0. */
  learningRateDecay: number;
  /** The factor of the L2 penalty whose gradient is added. Default: 0. */
  weightDecay: number;
  /** Where the sum of the squared gradients starts. Default: 0. */
  initialAccumulator: number;
  /** What keeps the divisor from 0. Default: 1e-10. */
  epsilon: number;
}

const kind: OptimiserKind<AdagradSettings> = {
  name: 'Adagrad',
  defaults: { learningRate: 0.01, learningRateDecay: 0, weightDecay: 0, initialAccumulator: 0, epsilon: 1e-10 },
  arrays: { total: { start: ({ initialAccumulator }) => initialAccumulator } },
  check: ({ learningRate, learningRateDecay, weightDecay, initialAccumulator, epsilon }) => {
    checkNotNegative('Adagrad', { learningRate, learningRateDecay, weightDecay, initialAccumulator, epsilon });
  },
};

/**
 * Adagrad: p ← p - learningRate·d / (√total + ε), where d = g + weightDecay·p and total is the sum of all d² so far: what
 * has moved little still moves much, and everything comes to rest.
 *
 * Source: Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization", 2011.
 * As in PyTorch.
 */
export class Adagrad extends Optimiser<AdagradSettings> {
  /** @throws ValueError when a setting is unknown or out of range, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<AdagradSettings>[],
    settings: Partial<AdagradSettings> = {},
    ...surplus: []
  ) {
    checkSurplus('Adagrad', surplus);
    super(kind, parameters, settings);
  }

  protected override update(
    numbers: FloatArray,
    gradient: FloatArray,
    { arrays, step }: Remembered,
    { learningRate, learningRateDecay, weightDecay, epsilon }: AdagradSettings,
  ): void {
    const settings = [learningRate, learningRateDecay, epsilon, weightDecay, step] as const;
    adagradWithTwin(numbers, gradient, arrays.total, numbers.length, ...settings);
  }
}

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

export const adagradWithTwin: typeof adagrad = /* @__PURE__ */ withTwin(adagrad, optimiserTwins.adagrad);
