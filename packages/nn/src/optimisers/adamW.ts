import { type FloatArray, kernels, type Parameter } from '@tapegrad/core';
import { type AdamSettings, adamDefaults, adamKind, adamStep } from './adam.ts';
import type { ParameterGroup } from './groups.ts';
import type { ParameterMemory } from './memory.ts';
import { Optimiser } from './optimiser.ts';
import { definedOf } from './settings.ts';

const kind = adamKind('AdamW');

/**
 * AdamW: p ← (1 - learningRate·weightDecay)·p, then a step of Adam, whose gradient knows nothing of the decay. In Adam
 * the gradient of the penalty is divided by √v̂ like any other, so that weights with large gradients hardly decay; here
 * all decay alike. Defaults as for Adam, but weightDecay is 0.01.
 *
 * Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019. As in PyTorch.
 */
export class AdamW extends Optimiser<AdamSettings> {
  /** @throws ValueError when a setting is out of range, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<AdamSettings>[],
    settings: Partial<AdamSettings> = {},
  ) {
    super(kind, parameters, { ...adamDefaults, weightDecay: 0.01, ...definedOf(settings) });
  }

  protected override update(
    numbers: FloatArray,
    gradient: FloatArray,
    memory: ParameterMemory,
    settings: AdamSettings,
  ): void {
    kernels.decay(numbers, numbers.length, 1 - settings.learningRate * settings.weightDecay);
    adamStep(numbers, gradient, memory, { ...settings, weightDecay: 0 });
  }
}
