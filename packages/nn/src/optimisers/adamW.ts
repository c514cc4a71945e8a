import type { FloatArray, Parameter } from '@tapegrad/core';
import { checkSurplus, optimiserTwins, withTwin } from '@tapegrad/core/authors';
import { type AdamSettings, adamKind, adamStep } from './adam.ts';
import type { ParameterGroup } from './groups.ts';
import type { Remembered } from './memory.ts';
import { Optimiser } from './optimiser.ts';

const kind = adamKind('AdamW', 0.01);

/**
 * AdamW: p ← (1 - learningRate·weightDecay)·p, then a step of Adam, whose gradient knows nothing of the decay. In Adam
 * the gradient of the penalty is divided by √v̂ like any other, so that weights with large gradients hardly decay; here
 * all decay alike. Defaults as for Adam, but weightDecay is 0.01.
 *
 * Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019. As in PyTorch.
 */
export class AdamW extends Optimiser<AdamSettings> {
  /** @throws ValueError when a setting is unknown or out of range, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<AdamSettings>[],
    settings: Partial<AdamSettings> = {},
    ...surplus: []
  ) {
    checkSurplus('AdamW', surplus);
    super(kind, parameters, settings);
  }

  protected override update(
    numbers: FloatArray,
    gradient: FloatArray,
    memory: Remembered,
    settings: AdamSettings,
  ): void {
    decayWithTwin(numbers, numbers.length, 1 - settings.learningRate * settings.weightDecay);
    adamStep(numbers, gradient, memory, { ...settings, weightDecay: 0 });
  }
}

/** p ← factor·p, in place: the weight decay of AdamW, which stands beside the step and not inside the gradient. */
export function decay(parameter: FloatArray, length: number, factor: number): void {
  for (let i = 0; i < length; i++) parameter[i] *= factor;
}

export const decayWithTwin: typeof decay = /* @__PURE__ */ withTwin(decay, optimiserTwins.decay);
