import type { FloatArray, Parameter } from '@tapegrad/core';
import { type AdamNumbers, checkSurplus, optimiserTwins, power, withTwin } from '@tapegrad/core/authors';
import type { ParameterGroup } from './groups.ts';
import type { Remembered } from './memory.ts';
import { Optimiser, type OptimiserKind } from './optimiser.ts';
import { checkLength, checkNotNegative, checkSetting } from './settings.ts';

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

/** What Adam and AdamW have in common, besides their step and the default of weightDecay. */
export function adamKind(name: string, weightDecay: number): OptimiserKind<AdamSettings> {
  return {
    name,
    defaults: { learningRate: 1e-3, betas: [0.9, 0.999], epsilon: 1e-8, weightDecay, amsgrad: false },
    arrays: { m: {}, v: {}, largest: { isKept: ({ amsgrad }) => amsgrad } },
    check: ({ learningRate, betas, epsilon, weightDecay }) => {
      checkNotNegative(name, { learningRate, epsilon, weightDecay });
      checkLength(name, 'betas', betas, [0.9, 0.999]);
      for (const [at, beta] of betas.entries()) {
        checkSetting(name, `betas[${at}]`, beta, beta >= 0 && beta < 1, 'a number from 0 to below 1');
      }
    },
  };
}

const kind = adamKind('Adam', 0);

/**
 * Adam: p ← p - learningRate·m̂ / (√v̂ + ε), where m and v are running means of the gradient and of its square, and the
 * hats correct for their start at 0. Every parameter gets a step size of its own, about the learning rate.
 *
 * Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015; AMSGrad: Reddi, Kale and Kumar, "On the
 * convergence of Adam and beyond", 2018. As in PyTorch.
 */
export class Adam extends Optimiser<AdamSettings> {
  /** @throws ValueError when a setting is unknown or out of range, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<AdamSettings>[],
    settings: Partial<AdamSettings> = {},
    ...surplus: []
  ) {
    checkSurplus('Adam', surplus);
    super(kind, parameters, settings);
  }

  protected override update(
    numbers: FloatArray,
    gradient: FloatArray,
    memory: Remembered,
    settings: AdamSettings,
  ): void {
    adamStep(numbers, gradient, memory, settings);
  }
}

/** One step of Adam, from what is remembered. */
export function adamStep(
  numbers: FloatArray,
  gradient: FloatArray,
  { arrays, step }: Remembered,
  { learningRate, betas, epsilon, weightDecay }: AdamSettings,
): void {
  const { m, v, largest = null } = arrays;
  adamWithTwin(numbers, gradient, m, v, largest, numbers.length, learningRate, ...betas, epsilon, weightDecay, step);
}

/**
 * One step of Adam, in place, the first step being number 1, with d = g + weightDecay·p:
 *
 * m ← β₁·m + (1 - β₁)·d, v ← β₂·v + (1 - β₂)·d²
 * p ← p - learningRate·m̂ / (√v̂ + ε), where m̂ = m / (1 - β₁^step) and v̂ = v / (1 - β₂^step)
 *
 * With `largest` given (AMSGrad), v̂ is made of the largest v so far.
 */
export function adam(
  parameter: FloatArray,
  gradient: FloatArray,
  m: FloatArray,
  v: FloatArray,
  largest: FloatArray | null,
  length: number,
  ...[learningRate, beta1, beta2, epsilon, weightDecay, step]: AdamNumbers
): void {
  const rate = learningRate / (1 - power(beta1, step));
  const scale = 1 / Math.sqrt(1 - power(beta2, step));
  for (let i = 0; i < length; i++) {
    const direction = gradient[i] + weightDecay * parameter[i];
    m[i] += (1 - beta1) * (direction - m[i]);
    v[i] = beta2 * v[i] + (1 - beta2) * direction * direction;
    let spread = v[i];
    if (largest) {
      largest[i] = Math.max(largest[i], v[i]);
      spread = largest[i];
    }
    parameter[i] -= (rate * m[i]) / (Math.sqrt(spread) * scale + epsilon);
  }
}

export const adamWithTwin: typeof adam = /* @__PURE__ */ withTwin(adam, optimiserTwins.adam);
