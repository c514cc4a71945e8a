import { batchNormTraining, tensor } from '@tapegrad/core';
import { epsilon } from './layers.ts';
import type { View } from './view.ts';

/** The statistics of a batch, one of each for a feature. */
export interface Statistics {
  readonly mean: readonly number[];
  /** √(variance + ε): what the centred numbers are divided by. */
  readonly deviation: readonly number[];
}

/** What batch normalisation has measured; nothing for other layers. */
export function statisticsOf({ form, operands: [x] }: View): Statistics | undefined {
  if (form.layer !== 'batchNorm') return undefined;
  const batch = tensor(x.numbers, { shape: [x.rows, x.columns], dtype: 'float64' });
  const { mean, variance } = batchNormTraining(batch, { epsilon });
  return {
    mean: Array.from(mean.read()),
    deviation: Array.from(variance.read(), (each) => Math.sqrt(each + epsilon)),
  };
}
