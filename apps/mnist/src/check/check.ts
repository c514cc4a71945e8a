import { Random } from '@tapegrad/core';
import { batches, type TrainTest } from '@tapegrad/datasets';
import { type Finding, preflight, type Trainable } from '@tapegrad/nn';
import type { Options } from '../options.ts';
import type { PixelScale } from '../pixelScale.ts';
import type { Recipe } from '../recipe.ts';
import { Setup } from '../setup.ts';
import { duplicates } from './duplicates.ts';
import { classBalance, labelRange } from './labels.ts';
import { pixels } from './pixels.ts';

/** How many images the model is tried on. */
const tried = 256;

/** What is to be trained, before it is. */
export interface Plan {
  readonly data: TrainTest;
  readonly pixelScale: PixelScale;
  /** Makes the model, each time anew from the seed. */
  readonly build: () => Trainable;
  readonly optimiser: (parameters: Trainable['parameters']) => ReturnType<Recipe['optimiser']>;
  readonly seed: number;
}

/**
 * What `--check` looks at: pixels, labels and duplicates of the data, and then what `preflight` looks at, on a batch of
 * the training images. Where labels are wrong, the model is not tried.
 */
export function checkPlan({ data, pixelScale, build, optimiser, seed }: Plan): readonly Finding[] {
  const { train, test } = data;
  const ofData = [
    pixels(train, pixelScale),
    labelRange(train),
    labelRange(test),
    classBalance(train),
    classBalance(test),
    duplicates(data),
  ];
  const [batch] = batches(train, { batchSize: tried, random: new Random(seed), ...pixelScale });
  if (!batch || ofData.some(({ check, verdict }) => verdict === 'failed' && check === `labels of ${train.name}`)) {
    return ofData;
  }
  const ofModel = preflight({
    build,
    inputs: batch.images,
    target: batch.labels,
    optimiser,
    seed,
  });
  return [...ofData, ...ofModel];
}

/** Checks what a run with these options would train. */
export function checkRun(data: TrainTest, options: Options): readonly Finding[] {
  const { pixelScale, recipe } = new Setup(data, options);
  const { learningRate, seed } = options;
  return checkPlan({
    data,
    pixelScale,
    build: () => new Setup(data, options).model,
    optimiser: (parameters) => recipe.optimiser(parameters, learningRate),
    seed,
  });
}
