import { type Gradients, Random, Tape } from '@tapegrad/core';
import { type Batch, batches, type ImageDataset, mnistNormalisation } from '@tapegrad/datasets';
import { accuracy, type Sequential, softmaxCrossEntropy } from '@tapegrad/nn';
import { buildNet, type NetName } from './nets.ts';
import { buildOptimiser, type OptimiserName, type Stepper } from './optimisers.ts';

/** What a training is made of: the same settings on the same images give the same losses, bit for bit. */
export interface TrainingSettings {
  readonly net: NetName;
  readonly optimiser: OptimiserName;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly seed: number;
}

/** One step of training, as it was before the weights changed. */
export interface StepOutcome {
  /** The mean loss of the batch. */
  readonly loss: number;
  /** Accuracy on the batch. */
  readonly accuracy: number;
  readonly milliseconds: number;
}

/** A net that learns to name images, one batch at a time. */
export class Training {
  readonly model: Sequential;
  readonly optimiser: Stepper;
  readonly #images: ImageDataset;
  readonly #batchSize: number;
  readonly #random: Random;
  #batches: Iterator<Batch>;
  #step = 0;
  #epoch = 1;

  constructor(images: ImageDataset, { net, optimiser, learningRate, batchSize, seed }: TrainingSettings) {
    this.#images = images;
    this.#batchSize = batchSize;
    this.#random = new Random(seed);
    this.model = buildNet(net, images.classes.length, this.#random);
    this.optimiser = buildOptimiser(optimiser, this.model.parameters, learningRate);
    this.#batches = this.#shuffled();
  }

  /** How many steps were taken. */
  get step(): number {
    return this.#step;
  }

  /** Which pass over the images this is, counted from 1. */
  get epoch(): number {
    return this.#epoch;
  }

  /**
   * Takes one step: the loss of a batch, its gradients, a step of the optimiser.
   *
   * @param watch is shown the gradients before the weights change
   * @throws NonFiniteError when the loss is NaN or infinite; the weights are then as before
   */
  takeStep(watch?: (gradients: Gradients) => void): StepOutcome {
    const started = performance.now();
    const { images, labels } = this.#nextBatch();
    using tape = new Tape();
    const logits = this.model.call(tape.constant(images, 'images'));
    const loss = softmaxCrossEntropy(logits, labels);
    const gradients = tape.gradients(loss);
    watch?.(gradients);
    this.optimiser.step(gradients);
    this.#step++;
    const outcome = { loss: loss.item(), accuracy: accuracy(logits, labels) };
    return { ...outcome, milliseconds: performance.now() - started };
  }

  #nextBatch(): Batch {
    const next = this.#batches.next();
    if (!next.done) return next.value;
    this.#epoch++;
    this.#batches = this.#shuffled();
    return this.#batches.next().value;
  }

  #shuffled(): Iterator<Batch> {
    return batches(this.#images, { batchSize: this.#batchSize, random: this.#random, ...mnistNormalisation });
  }
}
