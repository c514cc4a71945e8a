import { Random, type RandomState } from '@tapegrad/core';
import { type Batch, batchCount, batches, type TrainTest } from '@tapegrad/datasets';
import { oneCycle, type Sequential } from '@tapegrad/nn';
import { buildNet } from './nets.ts';
import type { Options } from './options.ts';
import { type PixelScale, pixelScaleOf } from './pixelScale.ts';
import { type Recipe, recipeOf } from './recipe.ts';
import { whitenFirstLayer } from './whitening/whitening.ts';

/** What is trained, how, and on what. */
export class Setup {
  readonly data: TrainTest;
  /** What pixels are normalised by. */
  readonly pixelScale: PixelScale;
  readonly model: Sequential;
  readonly recipe: Recipe;
  readonly optimiser: ReturnType<Recipe['optimiser']>;
  /** How many steps an epoch has. */
  readonly stepsInEpoch: number;
  /** The learning rate after so many steps. */
  readonly learningRate: (step: number) => number;
  readonly #batchSize: number;
  #random: Random;
  /** The random stream as it was before the epoch that is running was shuffled. */
  #epochStart: RandomState;

  constructor(data: TrainTest, options: Options) {
    const { train } = data;
    this.data = data;
    this.pixelScale = pixelScaleOf(data);
    this.recipe = recipeOf(options.net);
    this.#random = new Random(options.seed);
    this.model = buildNet(options.net, train.images.shape.slice(1), train.classes.length, this.#random);
    if (this.recipe.isWhitened) whitenFirstLayer(this.model, train, this.pixelScale);
    this.#epochStart = this.#random.state;
    this.#batchSize = options.batchSize;
    this.stepsInEpoch = batchCount(train, { batchSize: options.batchSize });
    const { risingShare } = this.recipe;
    const steps = Math.max(1, this.stepsInEpoch * options.epochs);
    this.learningRate = oneCycle({ peak: options.learningRate, steps, risingShare }).learningRate;
    this.optimiser = this.recipe.optimiser(this.model.parameters, this.learningRate(0));
  }

  /** The training images of one more epoch, shuffled, without its first `skip` batches. */
  batches(skip: number): Generator<Batch, void, undefined> {
    this.#epochStart = this.#random.state;
    const { transform } = this.recipe;
    const batching = { batchSize: this.#batchSize, ...this.pixelScale, ...(transform && { transform }) };
    return batches(this.data.train, { ...batching, random: this.#random, skip });
  }

  /** What the order of the running epoch, and of all after it, comes from. */
  get epochStart(): RandomState {
    return this.#epochStart;
  }

  set epochStart(state: RandomState) {
    this.#random = Random.from(state);
    this.#epochStart = state;
  }
}
