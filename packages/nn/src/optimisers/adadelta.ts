import type { FloatArray, Parameter } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import type { ParameterGroup } from './groups.ts';
import type { Remembered } from './memory.ts';
import { Optimiser, type OptimiserKind } from './optimiser.ts';
import { checkNotNegative, checkSetting } from './settings.ts';

export interface AdadeltaSettings {
  /** What each step is multiplied by. Default: 1. */
  learningRate: number;
  /** How much is kept of the running means of the squared gradient and of the squared step. Default: 0.9. */
  rho: number;
  /** What keeps both roots from 0, and lets the first step begin. Default: 1e-6. */
  epsilon: number;
  /** The factor of the L2 penalty whose gradient is added. Default: 0. */
  weightDecay: number;
}

const defaults: AdadeltaSettings = { learningRate: 1, rho: 0.9, epsilon: 1e-6, weightDecay: 0 };

const kind: OptimiserKind<AdadeltaSettings> = {
  name: 'Adadelta',
  defaults,
  arrays: { v: {}, moved: {} },
  check: ({ learningRate, rho, epsilon, weightDecay }) => {
    checkNotNegative('Adadelta', { learningRate, epsilon, weightDecay });
    checkSetting('Adadelta', 'rho', rho, rho >= 0 && rho <= 1, 'a number from 0 to 1');
  },
};

/**
 * Adadelta: p ← p - learningRate·Δ with Δ = √(moved + ε) / √(v + ε)·d, where d = g + weightDecay·p, v is the running mean of d², and
 * moved that of Δ² so far. Steps have the unit of the parameter, so that no rate has to be found: they grow from √ε as long
 * as it goes well.
 *
 * Source: Zeiler, "ADADELTA: an adaptive learning rate method", 2012. As in PyTorch.
 */
export class Adadelta extends Optimiser<AdadeltaSettings> {
  /** @throws ValueError when a setting is unknown or out of range, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<AdadeltaSettings>[],
    settings: Partial<AdadeltaSettings> = {},
    ...surplus: []
  ) {
    checkSurplus('Adadelta', surplus);
    super(kind, parameters, settings);
  }

  protected override update(
    numbers: FloatArray,
    gradient: FloatArray,
    { arrays: { v, moved } }: Remembered,
    { learningRate, rho, epsilon, weightDecay }: AdadeltaSettings,
  ): void {
    for (let i = 0; i < numbers.length; i++) {
      const direction = gradient[i] + weightDecay * numbers[i];
      v[i] = rho * v[i] + (1 - rho) * direction * direction;
      const step = (Math.sqrt(moved[i] + epsilon) / Math.sqrt(v[i] + epsilon)) * direction;
      moved[i] = rho * moved[i] + (1 - rho) * step * step;
      numbers[i] -= learningRate * step;
    }
  }
}
