import { type FloatArray, kernels, type Parameter } from '@tapegrad/core';
import type { ParameterGroup } from './groups.ts';
import type { ParameterMemory } from './memory.ts';
import { Optimiser, type OptimiserKind } from './optimiser.ts';
import { checkNotNegative, checkSetting, definedOf } from './settings.ts';

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
  arrays: { v: 'always', mean: 'sometimes', velocity: 'sometimes' },
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
  /** @throws ValueError when a setting is out of range, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<RMSPropSettings>[],
    settings: Partial<RMSPropSettings> = {},
  ) {
    const defaults = { learningRate: 0.01, alpha: 0.99, epsilon: 1e-8, weightDecay: 0, momentum: 0, centred: false };
    super(kind, parameters, { ...defaults, ...definedOf(settings) });
  }

  protected override update(
    numbers: FloatArray,
    gradient: FloatArray,
    memory: ParameterMemory,
    { learningRate, alpha, epsilon, weightDecay, momentum, centred }: RMSPropSettings,
  ): void {
    kernels.rmsProp(
      numbers,
      gradient,
      memory.array('v'),
      centred ? memory.array('mean') : null,
      momentum === 0 ? null : memory.array('velocity'),
      numbers.length,
      learningRate,
      alpha,
      epsilon,
      weightDecay,
      momentum,
    );
  }
}
