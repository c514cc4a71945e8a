import { Random, type RandomState, tensor } from '@tapegrad/core';
import {
  Adam,
  BatchNorm,
  type Checkpoint,
  Conv2d,
  Dense,
  Dropout,
  Flatten,
  fit,
  loadWeights,
  type Progress,
  ReLU,
  Sequential,
  type StepReport,
  softmaxCrossEntropy,
  weightsOf,
} from '../src/index.ts';

const batchesInEpoch = 7;

/** A small run with everything that has a state: running statistics, dropout, shuffling, Adam. */
export class SmallRun {
  readonly random = { weights: new Random(1), order: new Random(2), dropout: new Random(3) };
  readonly model = new Sequential(
    [
      new Conv2d({ outChannels: 2, kernelSize: 3 }),
      new BatchNorm(),
      new ReLU(),
      new Flatten(),
      new Dropout({ rate: 0.25 }),
      new Dense({ outFeatures: 3 }),
    ],
    { inputShape: [1, 5, 5], random: this.random.weights },
  );
  readonly optimiser = new Adam(this.model.parameters, { learningRate: 1e-2 });
  readonly losses: number[] = [];
  #epochOrder: RandomState = this.random.order.state;

  /** The run where a checkpoint was taken. */
  static from(checkpoint: Checkpoint): SmallRun {
    const run = new SmallRun();
    loadWeights(run.model, checkpoint.weights);
    run.optimiser.load(checkpoint.optimiser as ReturnType<Adam['state']>);
    Object.assign(run.random, {
      order: Random.from(checkpoint.random.order),
      dropout: Random.from(checkpoint.random.dropout),
    });
    return run;
  }

  /** Trains, from the beginning or from where a checkpoint was taken, until the epochs are over or `onStep` stops it. */
  async train(epochs: number, onStep: (report: StepReport) => unknown, from?: Progress): Promise<void> {
    await fit({
      epochs,
      from,
      batches: (_epoch, skipped) => {
        this.#epochOrder = this.random.order.state;
        return [...this.random.order.permutation(batchesInEpoch)].slice(skipped);
      },
      loss: (batch, tape) => {
        const numbers = Float32Array.from({ length: 50 }, (_, index) => Math.sin(index * (batch + 1)));
        const images = tape.constant(tensor(numbers, { shape: [2, 1, 5, 5] }), 'images');
        const logits = this.model.call(images, { training: true, random: this.random.dropout });
        return softmaxCrossEntropy(logits, [batch % 3, (batch + 1) % 3]);
      },
      optimiser: this.optimiser,
      callbacks: [
        {
          onStep: (report) => {
            this.losses.push(report.loss);
            return onStep(report);
          },
        },
      ],
    });
  }

  checkpoint({ step, epoch, stepInEpoch, totalLoss }: Progress): Checkpoint {
    return {
      progress: { step, epoch, stepInEpoch, totalLoss },
      weights: new Map(weightsOf(this.model)),
      optimiser: this.optimiser.state(),
      random: { order: this.#epochOrder, dropout: this.random.dropout.state },
      options: { note: 'as it was' },
    };
  }
}
