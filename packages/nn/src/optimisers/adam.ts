import { type FloatArray, kernels, type Parameter } from '@tapegrad/core';
import type { ParameterGroup } from './groups.ts';
import type { ParameterMemory } from './memory.ts';
import { Optimiser, type OptimiserKind } from './optimiser.ts';
import { checkNotNegative, checkSetting, definedOf } from './settings.ts';

export interface AdamSettings {
  /** Default: 1e-3. */
  learningRate: number;
  /** How much is kept of the running means of the gradient and of its square. Default: [0.9, 0.999]. */
  betas: readonly [number, number];
  /** What keeps the divisor from 0. Default: 1e-8. */
  epsilon: number;
  /** For Adam the factor of the L2 penalty whose gradient is added, default 0; for AdamW see there, default 0.01. */
  weightDecay: number;
  /** Whether to divide by the largest mean square so far (AMSGrad). Default: false. */
  amsgrad: boolean;
}

/** The default settings of Adam; those of AdamW differ in weightDecay. */
export const adamDefaults: AdamSettings = {
  learningRate: 1e-3,
  betas: [0.9, 0.999],
  epsilon: 1e-8,
  weightDecay: 0,
  amsgrad: false,
};

/** What Adam and AdamW have in common, besides their step. */
export function adamKind(name: string): OptimiserKind<AdamSettings> {
  return {
    name,
    arrays: { m: 'always', v: 'always', largest: 'sometimes' },
    check: ({ learningRate, betas, epsilon, weightDecay }) => {
      checkNotNegative(name, { learningRate, epsilon, weightDecay });
      betas.forEach((beta, at) => {
        checkSetting(name, `betas[${at}]`, beta, beta >= 0 && beta < 1, 'a number from 0 to below 1');
      });
    },
  };
}

const kind = adamKind('Adam');

/**
 * Adam: p ← p - learningRate·m̂ / (√v̂ + ε), where m and v are running means of the gradient and of its square, and the
 * hats correct for their start at 0. Every parameter gets a step size of its own, about the learning rate.
 *
 * Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015; AMSGrad: Reddi, Kale and Kumar, "On the
 * convergence of Adam and beyond", 2018. As in PyTorch.
 */
export class Adam extends Optimiser<AdamSettings> {
  /** @throws ValueError when a setting is out of range, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<AdamSettings>[],
    settings: Partial<AdamSettings> = {},
  ) {
    super(kind, parameters, { ...adamDefaults, ...definedOf(settings) });
  }

  protected override update(
    numbers: FloatArray,
    gradient: FloatArray,
    memory: ParameterMemory,
    settings: AdamSettings,
  ): void {
    adamStep(numbers, gradient, memory, settings);
  }
}

/** One step of Adam, from what is remembered. */
export function adamStep(
  numbers: FloatArray,
  gradient: FloatArray,
  memory: ParameterMemory,
  { learningRate, betas, epsilon, weightDecay, amsgrad }: AdamSettings,
): void {
  kernels.adam(
    numbers,
    gradient,
    memory.array('m'),
    memory.array('v'),
    amsgrad ? memory.array('largest') : null,
    numbers.length,
    learningRate,
    ...betas,
    epsilon,
    weightDecay,
    memory.steps,
  );
}
