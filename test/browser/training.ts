import { configureEngine, engineInfo, Random, Tape } from '../../packages/core/src/index.ts';
import { batches, builtInDigits } from '../../packages/datasets/src/index.ts';
import {
  Adam,
  Conv2d,
  Dense,
  Flatten,
  MaxPool2d,
  ReLU,
  Sequential,
  softmaxCrossEntropy,
} from '../../packages/nn/src/index.ts';

/** What a run in Node and a run in a browser are compared by. */
export interface Run {
  readonly losses: number[];
  /** All parameters after the last step. */
  readonly weights: number[];
  readonly engine: string;
  readonly threads: number;
  readonly sharedMemory: boolean;
  readonly notes: readonly string[];
}

/** Trains the small CNN on drawn digits: so many steps, each loss to the last digit. */
export function trainSmall(steps: number, threads?: number, batchSize = 64): Run {
  if (threads !== undefined) configureEngine({ threads });
  const random = new Random(1);
  const { train } = builtInDigits({ train: 2000, test: 0 });
  const model = new Sequential(
    [
      new Conv2d({ outChannels: 8, kernelSize: 5 }),
      new ReLU(),
      new MaxPool2d({ kernelSize: 2 }),
      new Conv2d({ outChannels: 16, kernelSize: 5 }),
      new ReLU(),
      new MaxPool2d({ kernelSize: 2 }),
      new Flatten(),
      new Dense({ outFeatures: 10 }),
    ],
    { inputShape: [1, 28, 28], random },
  );
  const optimiser = new Adam(model.parameters, { learningRate: 1e-3 });
  const losses: number[] = [];
  while (losses.length < steps) {
    for (const { images, labels } of batches(train, { batchSize, random })) {
      if (losses.length === steps) break;
      using tape = new Tape();
      const loss = softmaxCrossEntropy(model.call(tape.constant(images)), labels);
      optimiser.step(tape.gradients(loss));
      losses.push(loss.item());
    }
  }
  const { engine, threads: used, sharedMemory, notes } = engineInfo();
  const weights = model.parameters.flatMap((parameter) => [...parameter.toFlatArray()]);
  return { losses, weights, engine, threads: used, sharedMemory, notes };
}
