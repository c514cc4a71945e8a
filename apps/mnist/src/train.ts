import { sha256, type TrainTest } from '@tapegrad/datasets';
import { accuracy, fit, type Sequential, softmaxCrossEntropy, summary, warnAtChance } from '@tapegrad/nn';
import { Checkpoints, type FoundRun } from './checkpoints.ts';
import { evaluate, type Score } from './evaluate.ts';
import { fingerprintOf } from './fingerprint.ts';
import { keep } from './kept.ts';
import type { Metric } from './metrics.ts';
import type { Options } from './options.ts';
import { Profile } from './profile.ts';
import type { Journal } from './report/journal.ts';
import { Phases } from './report/phases.ts';
import { Setup } from './setup.ts';
import { layerLines } from './terminal/layerLines.ts';
import type { LiveLines } from './terminal/liveLines.ts';
import { Pace } from './terminal/pace.ts';
import { ProgressDisplay } from './terminal/progressDisplay.ts';

/** How a run ended. */
export interface Outcome {
  readonly model: Sequential;
  readonly testAccuracy: number;
  readonly isStopped: boolean;
}

/** What a run needs beside data and options. */
export interface Surroundings extends FoundRun {
  readonly say: (line: string) => void;
  /** How many characters a line has at most. Default: any number. */
  readonly width?: number;
  /** The rows of a terminal that show how training goes. Without them a line is said now and then. */
  readonly live?: LiveLines;
  readonly record: (metric: Metric) => void;
  /** Ends the training after the step in which it is aborted. */
  readonly stop: AbortSignal;
  /** What writes down what a report tells. */
  readonly journal?: Journal;
}

/** Trains a net and tests it after every epoch. */
export async function train(data: TrainTest, options: Options, around: Surroundings): Promise<Outcome> {
  const { say, record, stop, folder, checkpoint, journal } = around;
  const phases = journal?.phases ?? new Phases();
  const setup = new Setup(data, options);
  const { model, optimiser, stepsInEpoch } = setup;
  const { epochs } = options;
  journal?.begin(setup, checkpoint?.progress.step ?? 0);
  const isOver = checkpoint !== undefined && checkpoint.progress.step >= epochs * stepsInEpoch;
  if (!isOver) say(layerLines(summary(model), around.width ?? Infinity).join('\n'));
  const checkpoints = await checkpointsOf(setup, options, folder);
  if (checkpoint) checkpoints?.restore(checkpoint);
  const profile = options.profile ? new Profile() : undefined;
  const changing = profile?.optimiser(optimiser) ?? optimiser;
  const first = checkpoint?.progress ?? { step: 0, epoch: 1, stepInEpoch: 0, totalLoss: 0 };

  const test = (): Score =>
    phases.during('testing', () => evaluate(model, data.test, setup.pixelScale, setup.recipe.isMirrored));
  let score = test();
  journal?.tested(first.step, score);
  if (setup.recipe.isMirrored) say('test images are seen as they are and mirrored; the mean of both counts');
  const when = first.step === 0 ? 'before training' : `after ${first.step} steps`;
  say(`${when}: ${percent(score.accuracy)} of ${data.test.labels.size} test images right`);
  const display = new ProgressDisplay(say, around.live);
  const images = data.train.labels.size;
  const trained = Math.min(images, first.stepInEpoch * options.batchSize) + (first.epoch - 1) * images;
  const pace = new Pace(epochs * images, trained);
  let batch = { accuracy: 0, images: 0 };
  let started = performance.now();
  let taken = 0;
  phases.enter('training');
  try {
    await fit({
      epochs,
      from: first,
      batches: (_epoch, skipped) => {
        const all = setup.batches(skipped);
        profile?.resume();
        pace.resume();
        return profile?.batches(all) ?? all;
      },
      loss: ({ images, labels }, tape) => {
        const logits = model.call(tape.constant(images, 'images'), { training: true });
        batch = { accuracy: accuracy(logits, labels), images: labels.size };
        journal?.saw(tape, batch);
        return softmaxCrossEntropy(logits, labels, { labelSmoothing: setup.recipe.labelSmoothing });
      },
      optimiser: journal?.optimiser(changing) ?? changing,
      callbacks: [
        warnAtChance({ classes: data.train.classes.length }),
        ...(journal ? [journal.callback] : []),
        {
          async onStep(report) {
            const { epoch, step, stepInEpoch, loss } = report;
            const { learningRate } = optimiser;
            taken++;
            record({ kind: 'step', epoch, step, loss });
            optimiser.learningRate = setup.learningRate(step);
            const now = pace.step(loss, batch.accuracy, batch.images);
            display.update({ epoch, epochs, stepInEpoch, stepsInEpoch, learningRate }, now);
            if (stop.aborted || checkpoints?.isDue(report)) {
              await phases.during('checkpoints', async () => checkpoints?.save(report));
            }
            return stop.aborted ? 'stop' : undefined;
          },
          onEpochEnd({ epoch, step, meanLoss }) {
            display.clear();
            profile?.pause();
            const seconds = (performance.now() - started) / 1000;
            score = test();
            const { accuracy: testAccuracy, loss: testLoss } = score;
            record({ kind: 'epoch', epoch, step, meanLoss, testAccuracy, testLoss, seconds });
            journal?.endedEpoch({ epoch, step, meanLoss, seconds }, score);
            const title = `epoch ${epoch}/${epochs}`;
            if (isOver) {
              say(`this run has ended: ${title}, mean loss ${meanLoss.toFixed(4)}`);
              return;
            }
            say(
              `${title}: mean loss ${meanLoss.toFixed(4)}, test accuracy ${percent(testAccuracy)}, ${seconds.toFixed(1)} s, ` +
                `${((seconds / images) * 1000).toFixed(2)} ms an image`,
            );
            const chance = Math.log(data.train.classes.length);
            if (meanLoss > 2 * chance) {
              say(
                `this is far worse than guessing, ${chance.toFixed(3)}: try a --learning-rate below ${options.learningRate}`,
              );
            }
            started = performance.now();
          },
        },
      ],
    });
  } finally {
    display.clear();
    phases.enter('the rest');
  }
  profile?.pause();
  if (profile) say(`\n${profile.report(taken)}`);
  return { model, testAccuracy: score.accuracy, isStopped: stop.aborted };
}

async function checkpointsOf(
  setup: Setup,
  options: Options,
  folder: FoundRun['folder'],
): Promise<Checkpoints | undefined> {
  if (options.checkpoint === undefined) return undefined;
  if (!folder) throw new TypeError('a run with --checkpoint needs its folder, from findRun');
  const kept = keep(options, await fingerprintOf(setup.data));
  const run = await sha256(new TextEncoder().encode(JSON.stringify(kept)));
  return new Checkpoints(folder, options.checkpointEvery, setup, kept, run);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
