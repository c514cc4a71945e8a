import { mnistNormalisation, normalisationOf, type TrainTest } from '@tapegrad/datasets';

/** What pixels are normalised by: options for `batches`. */
export interface PixelScale {
  readonly mean: number | readonly number[];
  readonly standardDeviation: number | readonly number[];
}

/** Mean and deviation of the training pixels; MNIST's for the drawn digits, too, which stand in for it. */
export function pixelScaleOf({ train, builtIn }: TrainTest): PixelScale {
  return builtIn || train.name === 'MNIST train' ? mnistNormalisation : normalisationOf(train);
}
