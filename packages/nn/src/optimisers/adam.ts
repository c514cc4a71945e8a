import { kernels, type Parameter } from '@tapegrad/core';
import { checkSetting, Optimiser, type ParameterGroup } from './optimiser.ts';

export interface AdamSettings {
  /** Default: 1e-3. */
  learningRate: number;
  /** How much is kept of the running means of the gradient and of its square. Default: [0.9, 0.999]. */
  betas: readonly [number, number];
  /** What keeps the divisor from 0. Default: 1e-8. */
  epsilon: number;
  /** The factor of the L2 penalty whose gradient is added. Default: 0. */
  weightDecay: number;
  /** Whether to divide by the largest mean square so far (AMSGrad). Default: false. */
  amsgrad: boolean;
}

type Floats = Float32Array | Float64Array;

/** What Adam remembers of a parameter: how many steps it took, and the running means. */
interface Moments {
  step: number;
  readonly m: Floats;
  readonly v: Floats;
  readonly largest: Floats | null;
}

/**
 * Adam: p ← p - learningRate·m̂ / (√v̂ + ε), where m and v are running means of the gradient and of its square, and the
 * hats correct for their start at 0. Every parameter gets a step size of its own, about the learning rate.
 *
 * Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015; AMSGrad: Reddi, Kale and Kumar, "On the
 * convergence of Adam and beyond", 2018. As in PyTorch.
 */
export class Adam extends Optimiser<AdamSettings> {
  readonly #moments = new Map<Parameter, Moments>();

  /** @throws ValueError when a setting is out of range, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<AdamSettings>[],
    settings: Partial<AdamSettings> = {},
  ) {
    super('Adam', parameters, {
      learningRate: 1e-3,
      betas: [0.9, 0.999],
      epsilon: 1e-8,
      weightDecay: 0,
      amsgrad: false,
      ...settings,
    });
    for (const { learningRate, betas, epsilon, weightDecay } of this.groups) {
      checkSetting('Adam', 'learningRate', learningRate, learningRate >= 0, 'a number of at least 0');
      checkSetting('Adam', 'epsilon', epsilon, epsilon >= 0, 'a number of at least 0');
      checkSetting('Adam', 'weightDecay', weightDecay, weightDecay >= 0, 'a number of at least 0');
      for (const beta of betas) checkSetting('Adam', 'a beta', beta, beta >= 0 && beta < 1, 'a number from 0 to below 1');
    }
  }

  protected override update(
    parameter: Parameter,
    numbers: Floats,
    gradient: Floats,
    { learningRate, betas, epsilon, weightDecay, amsgrad }: AdamSettings,
  ): void {
    const moments = this.#moments.get(parameter) ?? fresh(numbers, amsgrad);
    this.#moments.set(parameter, moments);
    moments.step++;
    kernels.adam(
      numbers,
      gradient,
      moments.m,
      moments.v,
      moments.largest,
      numbers.length,
      learningRate,
      ...betas,
      epsilon,
      weightDecay,
      moments.step,
    );
  }
}

function fresh(numbers: Floats, amsgrad: boolean): Moments {
  const empty = (): Floats => numbers.slice().fill(0);
  return { step: 0, m: empty(), v: empty(), largest: amsgrad ? empty() : null };
}
