import type { FloatArray, Parameter } from '@tapegrad/core';
import { checkSurplus, optimiserTwins, type SGDNumbers, withTwin } from '@tapegrad/core/authors';
import type { ParameterGroup } from './groups.ts';
import type { Remembered } from './memory.ts';
import { Optimiser, type OptimiserKind } from './optimiser.ts';
import { checkNotNegative, checkSetting } from './settings.ts';

export interface SGDSettings {
  learningRate: number;
  /** How much of the last direction is kept. Default: 0. */
  momentum: number;
  /** How much of the new gradient is left out of the direction. Default: 0. */
  dampening: number;
  /** The factor of the L2 penalty whose gradient is added. Default: 0. */
  weightDecay: number;
  /** Whether to look ahead along the direction (Nesterov). Default: false. */
  nesterov: boolean;
}

const kind: OptimiserKind<SGDSettings> = {
  name: 'SGD',
  defaults: { learningRate: undefined, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false },
  arrays: { velocity: { isKept: ({ momentum }) => momentum !== 0 } },
  check: ({ learningRate, momentum, weightDecay, dampening, nesterov }) => {
    checkNotNegative('SGD', { learningRate, momentum, weightDecay });
    checkSetting('SGD', 'momentum', momentum, !nesterov || momentum > 0, 'a number above 0, with nesterov');
    checkSetting('SGD', 'dampening', dampening, !nesterov || dampening === 0, '0, with nesterov');
  },
};

/**
 * Stochastic gradient descent: p ← p - learningRate·d, with d = g + weightDecay·p; with momentum along a velocity that
 * starts as d and becomes momentum·velocity + (1 - dampening)·d. As in PyTorch.
 */
export class SGD extends Optimiser<SGDSettings> {
  /** @throws ValueError when a setting is unknown or out of range, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<SGDSettings>[],
    settings: Partial<SGDSettings> & Pick<SGDSettings, 'learningRate'>,
    ...surplus: []
  ) {
    checkSurplus('SGD', surplus);
    super(kind, parameters, settings);
  }

  protected override update(
    numbers: FloatArray,
    gradient: FloatArray,
    { arrays, beginning }: Remembered,
    { learningRate, momentum, dampening, weightDecay, nesterov }: SGDSettings,
  ): void {
    sgdWithTwin(
      numbers,
      gradient,
      arrays.velocity ?? null,
      numbers.length,
      learningRate,
      momentum,
      dampening,
      weightDecay,
      nesterov,
      beginning.has('velocity'),
    );
  }
}

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

export const sgdWithTwin: typeof sgd = /* @__PURE__ */ withTwin(sgd, optimiserTwins.sgd);
