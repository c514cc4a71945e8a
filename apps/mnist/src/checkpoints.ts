import { ValueError } from '@tapegrad/core';
import { type Checkpoint, loadWeights, type Progress, weightsOf } from '@tapegrad/nn';
import { CheckpointFolder } from '@tapegrad/nn/node';
import { type Kept, keptIn, runOptionNames } from './kept.ts';
import type { Options } from './options.ts';
import type { Setup } from './setup.ts';

/** Where checkpoints are kept, and the one to go on from; neither where nobody asked for any. */
export interface FoundRun {
  /** It is open: nobody else writes into it. */
  readonly folder?: CheckpointFolder;
  readonly checkpoint?: Checkpoint;
}

/**
 * Opens the folder for checkpoints, so that one that cannot be written to or that another run uses is noticed before any
 * work is done, and finds the run that `--resume` goes on with.
 *
 * @throws ValueError when there is a run already that nobody asked to resume, or `--resume` is without a folder
 * @throws CheckpointError when all checkpoints are damaged, the folder cannot be written to, or a run writes into it
 */
export async function findRun({ checkpoint: path, resume }: Options, say: (line: string) => void): Promise<FoundRun> {
  if (path === undefined) {
    if (!resume) return {};
    throw new ValueError({
      operation: '--resume',
      got: 'no folder with checkpoints',
      wanted: 'the folder of the run that goes on',
      remedy: 'Add --checkpoint <folder>',
    });
  }
  const folder = new CheckpointFolder(path, { onNotice: say });
  await folder.open();
  try {
    return { folder, checkpoint: await checkpointIn(folder, resume, say) };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

async function checkpointIn(
  folder: CheckpointFolder,
  resume: boolean,
  say: (line: string) => void,
): Promise<Checkpoint | undefined> {
  const { path } = folder;
  if (!resume) {
    if (await folder.isEmpty()) return undefined;
    throw new ValueError({
      operation: '--checkpoint',
      got: `${path}, which holds the checkpoints of a run`,
      wanted: 'a folder for a new run',
      remedy: 'Add --resume to go on with that run, or name another folder',
    });
  }
  const found = await folder.newest();
  if (!found) say(`no checkpoint in ${path} yet: training begins anew`);
  else say(`going on from ${found.path}, after ${found.checkpoint.progress.step} steps`);
  return found?.checkpoint;
}

/**
 * The options of a run that goes on: its own, and from the command line what does not change its course.
 *
 * @param said the options that the command line names
 * @throws ValueError when the command line names another value for one that does
 * @throws CheckpointError when another program has written the checkpoint
 */
export function optionsOf(checkpoint: Checkpoint, given: Options, said: ReadonlySet<string>): Options {
  const { run } = keptIn(checkpoint);
  const other = runOptionNames.find((name) => said.has(name) && given[name] !== run[name]);
  if (other === undefined) return { ...given, ...run };
  if (other === 'epochs') {
    throw new ValueError({
      operation: '--resume',
      got: `--epochs ${given.epochs}, and a run that was planned for ${run.epochs}`,
      wanted: `${run.epochs} epochs: the learning rate rises and falls once over all of them, so that another number of epochs is another run from its first step on`,
      remedy: `Leave it out, or begin a new run of ${given.epochs} epochs in another folder`,
    });
  }
  throw new ValueError({
    operation: '--resume',
    got: `--${dashed(other)} ${given[other]}, and a run that was begun with ${run[other] ?? 'none'}`,
    wanted: 'the same, so that the run ends in the same bits',
    remedy: 'Leave it out, or begin a new run in another folder',
  });
}

/** Takes checkpoints of a run, and lets it go on from one. */
export class Checkpoints {
  readonly #folder: CheckpointFolder;
  readonly #every: number;
  readonly #setup: Setup;
  readonly #kept: Kept;
  /** The same for the same options and data: such runs end in the same bits. */
  readonly #run: string;

  /** @param folder open; see {@link findRun} */
  constructor(folder: CheckpointFolder, every: number, setup: Setup, kept: Kept, run: string) {
    this.#folder = folder;
    this.#every = every;
    this.#setup = setup;
    this.#kept = kept;
    this.#run = run;
  }

  /** Brings model, optimiser and random numbers to where they were. */
  restore(checkpoint: Checkpoint): void {
    const { weights, optimiser, random } = checkpoint;
    const { data } = keptIn(checkpoint);
    const changed = Object.keys(this.#kept.data).find((name) => this.#kept.data[name] !== data[name]);
    if (changed !== undefined) {
      throw new ValueError({
        operation: '--resume',
        got: `other images than the run was begun with: ${changed}`,
        wanted: Object.keys(data).join(' and '),
        remedy: 'Give the same data, say by --data-dir or --digits',
      });
    }
    loadWeights(this.#setup.model, weights);
    this.#setup.optimiser.load(optimiser as Parameters<Setup['optimiser']['load']>[0]);
    this.#setup.epochStart = random.order;
  }

  /** Whether it is time for one: every so many steps, and at the end of each epoch. */
  isDue({ step, stepInEpoch }: Progress): boolean {
    return step % this.#every === 0 || stepInEpoch === this.#setup.stepsInEpoch;
  }

  async save({ step, epoch, stepInEpoch, totalLoss }: Progress): Promise<void> {
    await this.#folder.save({
      run: this.#run,
      progress: { step, epoch, stepInEpoch, totalLoss },
      weights: weightsOf(this.#setup.model),
      optimiser: this.#setup.optimiser.state(),
      random: { order: this.#setup.epochStart },
      options: { ...this.#kept },
    });
  }
}

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
