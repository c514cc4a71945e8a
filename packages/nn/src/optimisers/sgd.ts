import { kernels, type Parameter } from '@tapegrad/core';
import { checkSetting, Optimiser, type ParameterGroup } from './optimiser.ts';

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

/**
 * Stochastic gradient descent: p ← p - learningRate·d, with d = g + weightDecay·p; with momentum along a velocity that
 * starts as d and becomes momentum·velocity + (1 - dampening)·d. As in PyTorch.
 */
export class SGD extends Optimiser<SGDSettings> {
  readonly #velocities = new Map<Parameter, Float32Array | Float64Array>();

  /** @throws ValueError when a setting is out of range, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<SGDSettings>[],
    settings: Partial<SGDSettings> & Pick<SGDSettings, 'learningRate'>,
  ) {
    super('SGD', parameters, { momentum: 0, dampening: 0, weightDecay: 0, nesterov: false, ...settings });
    for (const { learningRate, momentum, weightDecay, dampening, nesterov } of this.groups) {
      checkSetting('SGD', 'learningRate', learningRate, learningRate >= 0, 'a number of at least 0');
      checkSetting('SGD', 'momentum', momentum, momentum >= 0, 'a number of at least 0');
      checkSetting('SGD', 'weightDecay', weightDecay, weightDecay >= 0, 'a number of at least 0');
      const fits = !nesterov || (momentum > 0 && dampening === 0);
      checkSetting('SGD', 'momentum', momentum, fits, 'momentum above 0 and no dampening, with nesterov');
    }
  }

  protected override update(
    parameter: Parameter,
    numbers: Float32Array | Float64Array,
    gradient: Float32Array | Float64Array,
    { learningRate, momentum, dampening, weightDecay, nesterov }: SGDSettings,
  ): void {
    const isFirst = momentum !== 0 && !this.#velocities.has(parameter);
    if (isFirst) this.#velocities.set(parameter, numbers.slice());
    const velocity = momentum === 0 ? null : (this.#velocities.get(parameter) ?? null);
    kernels.sgd(
      numbers,
      gradient,
      velocity,
      numbers.length,
      learningRate,
      momentum,
      dampening,
      weightDecay,
      nesterov,
      isFirst,
    );
  }
}
