import { ValueError } from '@tapegrad/core';
import { type Checkpoint, loadWeights, type Progress, weightsOf } from '@tapegrad/nn';
import { CheckpointFolder } from '@tapegrad/nn/node';
import { type Kept, keptIn, runOptionNames } from './kept.ts';
import type { Options } from './options.ts';
import type { Setup } from './setup.ts';

/**
 * The run that `--resume` goes on with; `undefined` where none was begun.
 *
 * @throws ValueError when there is a run already that nobody asked to resume, or `--resume` is without a folder
 * @throws CheckpointError when all checkpoints are damaged
 */
export async function findRun(
  { checkpoint: path, resume }: Options,
  say: (line: string) => void,
): Promise<Checkpoint | undefined> {
  if (path === undefined) {
    if (!resume) return undefined;
    throw new ValueError({
      operation: '--resume',
      got: 'no folder with checkpoints',
      wanted: 'the folder of the run that goes on',
      remedy: 'Add --checkpoint <folder>',
    });
  }
  const folder = new CheckpointFolder(path, { onNotice: say });
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

  constructor(path: string, every: number, setup: Setup, kept: Kept) {
    this.#folder = new CheckpointFolder(path);
    this.#every = every;
    this.#setup = setup;
    this.#kept = kept;
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
      progress: { step, epoch, stepInEpoch, totalLoss },
      weights: weightsOf(this.#setup.model),
      optimiser: this.#setup.optimiser.state(),
      random: { order: this.#setup.epochStart },
      options: { ...this.#kept },
    });
  }
}

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
