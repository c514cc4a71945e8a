import { Random, Tape } from '@tapegrad/core';
import { batchCount, batches, type ImageDataset, mnistNormalisation, type TrainTest } from '@tapegrad/datasets';
import { Adam, accuracy, fit, oneCycle, type Sequential, softmaxCrossEntropy, warnAtChance } from '@tapegrad/nn';
import type { Metric } from './metrics.ts';
import { smallCNN } from './model.ts';
import type { Options } from './options.ts';
import { Profile } from './profile.ts';
import { progressOf } from './progress.ts';

/** How many images are tested at a time. */
const testBatchSize = 256;

/** How a run ended. */
export interface Outcome {
  readonly model: Sequential;
  readonly testAccuracy: number;
  readonly isStopped: boolean;
}

/**
 * Trains the small CNN and tests it after every epoch.
 *
 * @param stop ends the training after the step in which it is aborted
 */
export async function train(
  { train, test }: TrainTest,
  options: Options,
  { say, record, stop }: { say: (line: string) => void; record: (metric: Metric) => void; stop: AbortSignal },
): Promise<Outcome> {
  const random = new Random(options.seed);
  const model = smallCNN(train.classes.length, random);
  say(String(model.summary()));
  const batching = { batchSize: options.batchSize, ...mnistNormalisation };
  const steps = batchCount(train, batching);
  const { learningRate } = oneCycle({ peak: options.learningRate, steps: Math.max(1, steps * options.epochs) });
  const optimiser = new Adam(model.parameters, { learningRate: learningRate(0) });
  const profile = options.profile ? new Profile() : undefined;
  const title = (epoch: number): string => `epoch ${epoch}/${options.epochs}`;

  let testAccuracy = evaluate(model, test);
  say(`before training: ${percent(testAccuracy)} of ${test.labels.size} test images right`);
  let bar = progressOf(title(1), steps, 'steps');
  let started = performance.now();
  let taken = 0;
  try {
    await fit({
      epochs: options.epochs,
      batches: () => {
        const all = batches(train, { ...batching, random });
        profile?.resume();
        return profile?.batches(all) ?? all;
      },
      loss: ({ images, labels }, tape) => softmaxCrossEntropy(model.call(tape.constant(images, 'images')), labels),
      optimiser: profile?.optimiser(optimiser) ?? optimiser,
      callbacks: [
        warnAtChance({ classes: train.classes.length }),
        {
          onStep({ epoch, step, loss }) {
            taken = step;
            record({ kind: 'step', epoch, step, loss });
            optimiser.learningRate = learningRate(step);
            bar.update(step - (epoch - 1) * steps, `loss ${loss.toFixed(4)}`);
            return stop.aborted ? 'stop' : undefined;
          },
          onEpochEnd({ epoch, step, meanLoss }) {
            bar.stop();
            profile?.pause();
            const seconds = (performance.now() - started) / 1000;
            testAccuracy = evaluate(model, test);
            record({ kind: 'epoch', epoch, step, meanLoss, testAccuracy, seconds });
            say(
              `${title(epoch)}: mean loss ${meanLoss.toFixed(4)}, test accuracy ${percent(testAccuracy)}, ${seconds.toFixed(1)} s, ` +
                `${((seconds / train.labels.size) * 1000).toFixed(2)} ms an image`,
            );
            started = performance.now();
            if (epoch < options.epochs) bar = progressOf(title(epoch + 1), steps, 'steps');
          },
        },
      ],
    });
  } finally {
    bar.stop();
  }
  profile?.pause();
  if (profile) say(`\n${profile.report(taken)}`);
  return { model, testAccuracy, isStopped: stop.aborted };
}

/** The share of images that the model names right. */
export function evaluate(model: Sequential, data: ImageDataset): number {
  let right = 0;
  for (const { images, labels } of batches(data, { batchSize: testBatchSize, ...mnistNormalisation })) {
    // The tape is for its memory: what is computed on one stays where the kernels are.
    using tape = new Tape();
    right += Math.round(accuracy(model.call(tape.constant(images)), labels) * labels.size);
  }
  return right / data.labels.size;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
