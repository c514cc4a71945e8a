import type { FloatArray, Parameter } from '@tapegrad/core';
import { checkSurplus, power } from '@tapegrad/core/authors';
import type { ParameterGroup } from './groups.ts';
import type { Remembered } from './memory.ts';
import { Optimiser, type OptimiserKind } from './optimiser.ts';
import { checkLength, checkNotNegative, checkSetting } from './settings.ts';

export interface NAdamSettings {
  /** Default: 2e-3. */
  learningRate: number;
  /** How much is kept of the running means of the gradient and of its square. Default: [0.9, 0.999]. */
  betas: readonly [number, number];
  /** What keeps the divisor from 0. Default: 1e-8. */
  epsilon: number;
  /** The factor of the L2 penalty whose gradient is added, or by which parameters shrink if it is decoupled. Default: 0. */
  weightDecay: number;
  /** How fast the momentum grows to β₁: it is β₁·(1 - ½·0.96^(step·momentumDecay)). Default: 4e-3. */
  momentumDecay: number;
  /** Whether the decay stands beside the step, as in AdamW, and not inside the gradient. Default: false. */
  decoupledWeightDecay: boolean;
}

const defaults: NAdamSettings = {
  learningRate: 2e-3,
  betas: [0.9, 0.999],
  epsilon: 1e-8,
  weightDecay: 0,
  momentumDecay: 4e-3,
  decoupledWeightDecay: false,
};

const kind: OptimiserKind<NAdamSettings> = {
  name: 'NAdam',
  defaults,
  arrays: { m: {}, v: {} },
  check: ({ learningRate, betas, epsilon, weightDecay, momentumDecay }) => {
    checkNotNegative('NAdam', { learningRate, epsilon, weightDecay, momentumDecay });
    checkLength('NAdam', 'betas', betas, [0.9, 0.999]);
    for (const [at, beta] of betas.entries()) {
      checkSetting('NAdam', `betas[${at}]`, beta, beta >= 0 && beta < 1, 'a number from 0 to below 1');
    }
  },
};

/** Momenta of all steps so far, multiplied. */
interface Momenta {
  readonly step: number;
  readonly product: number;
}

/**
 * NAdam, Adam with Nesterov's momentum: with d = g + weightDecay·p, the running means m of d and v of d², and the momentum
 * μ_t = β₁·(1 - ½·0.96^(t·momentumDecay)),
 *
 * p ← p - learningRate·((1 - μ_t)·d / (1 - Πμ) + μ_{t+1}·m / (1 - Πμ·μ_{t+1})) / (√v̂ + ε)
 *
 * where Πμ is the product of μ_1 to μ_t and v̂ = v / (1 - β₂^t): the momentum of the next step is taken already.
 *
 * Source: Dozat, "Incorporating Nesterov momentum into Adam", 2016. As in PyTorch.
 */
export class NAdam extends Optimiser<NAdamSettings> {
  /** The last products, by the settings that they depend on: what is not there is worked out again. */
  readonly #momenta = new Map<string, Momenta>();

  /** @throws ValueError when a setting is unknown or out of range, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<NAdamSettings>[],
    settings: Partial<NAdamSettings> = {},
    ...surplus: []
  ) {
    checkSurplus('NAdam', surplus);
    super(kind, parameters, settings);
  }

  protected override update(
    numbers: FloatArray,
    gradient: FloatArray,
    { arrays: { m, v }, step }: Remembered,
    settings: NAdamSettings,
  ): void {
    const { learningRate, betas, epsilon, weightDecay, decoupledWeightDecay } = settings;
    const [momentum, next] = [momentumOf(step, settings), momentumOf(step + 1, settings)];
    const product = this.#productUpTo(step, settings);
    const shrunk = decoupledWeightDecay ? 1 - learningRate * weightDecay : 1;
    const penalty = decoupledWeightDecay ? 0 : weightDecay;
    const correction = 1 - power(betas[1], step);
    const byGradient = (learningRate * (1 - momentum)) / (1 - product);
    const byMean = (learningRate * next) / (1 - product * next);
    for (let i = 0; i < numbers.length; i++) {
      const direction = gradient[i] + penalty * numbers[i];
      m[i] += (1 - betas[0]) * (direction - m[i]);
      v[i] = betas[1] * v[i] + (1 - betas[1]) * direction * direction;
      const spread = Math.sqrt(v[i] / correction) + epsilon;
      numbers[i] = shrunk * numbers[i] - (byGradient * direction + byMean * m[i]) / spread;
    }
  }

  #productUpTo(step: number, settings: NAdamSettings): number {
    const key = `${settings.betas[0]} ${settings.momentumDecay}`;
    const known = this.#momenta.get(key);
    let from = known && known.step <= step ? known : { step: 0, product: 1 };
    while (from.step < step) {
      from = { step: from.step + 1, product: from.product * momentumOf(from.step + 1, settings) };
    }
    this.#momenta.set(key, from);
    return from.product;
  }
}

function momentumOf(step: number, { betas, momentumDecay }: NAdamSettings): number {
  // Powers with the same bits on every machine; the exponent need not be whole.
  return betas[0] * (1 - 0.5 * power(0.96, step * momentumDecay));
}
