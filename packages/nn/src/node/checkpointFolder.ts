import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hasNonFinite, NonFiniteError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type Lock, makeFolder, removeAbandoned, takeLock, writeWhole } from '@tapegrad/core/node';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../saving/checkpoint.ts';
import { CheckpointError } from '../saving/errors.ts';
import { cannotBeWritten, heldBy, ofAnotherRun, unreadable } from './folderErrors.ts';

export interface CheckpointFolderOptions {
  /** What tells the run from others, and stands in its checkpoints. Default: that of the checkpoints found, else `run` of the first
   * one that is saved, else by chance. */
  readonly run?: string;
  /** Told, in a sentence, of a checkpoint that is damaged and was passed over, and of a lock that was left behind. */
  readonly onNotice?: (sentence: string) => void;
}

const checkpointFolderOptions: OptionNames<CheckpointFolderOptions> = { run: 'optional', onNotice: 'optional' };

/** A checkpoint that was found, and where. */
export interface Found {
  readonly checkpoint: Checkpoint;
  readonly path: string;
}

const form = /^step-(\d{9,15})\.safetensors$/;
const lockName = 'run.lock';

/**
 * The checkpoints of one run in a folder of their own: the last two, so that a damaged newest one does not end the run.
 * Each is a file `step-000001200.safetensors`, which is there whole or not at all, also when the process is killed, or the
 * machine, while it is written.
 *
 * The run that writes holds a lock, `run.lock`, from {@link open} to {@link close}, or to the end of the process; one
 * that a killed process has left is taken over. Only what this run has written is ever removed.
 *
 * @example
 * const folder = new CheckpointFolder('run');
 * await folder.open();
 * const found = await folder.newest(); // undefined for a new run
 * // … train, and now and then await folder.save(checkpoint)
 * await folder.close();
 */
export class CheckpointFolder {
  readonly path: string;
  readonly #onNotice: (sentence: string) => void;
  #run: string | undefined;
  #lock: Lock | undefined;
  /** The files of this run. */
  #own = new Set<string>();
  /** The file that is kept beside the newest. */
  #last: string | undefined;

  constructor(path: string, options: CheckpointFolderOptions = {}, ...surplus: []) {
    checkSurplus('CheckpointFolder', surplus);
    const { run, onNotice = () => {} } = checkOptions('CheckpointFolder', options, checkpointFolderOptions);
    this.path = path;
    this.#run = run;
    this.#onNotice = onNotice;
  }

  /**
   * Makes the folder and takes its lock, so that a run finds out before it begins that it could not keep anything. The
   * first {@link save} does so too. What the run's own process left half-written when it was killed is cleared away.
   *
   * @throws CheckpointError when the folder cannot be written to, or another run holds it
   */
  async open(...surplus: []): Promise<void> {
    checkSurplus('open', surplus);
    if (this.#lock) return;
    const outcome = await makeFolder(this.path)
      .then(() => takeLock(join(this.path, lockName)))
      .catch((error: unknown) => {
        throw cannotBeWritten('CheckpointFolder.open', this.path, error, 'Name another folder');
      });
    if ('holder' in outcome) throw heldBy(this.path, join(this.path, lockName), outcome.holder);
    this.#lock = outcome.lock;
    const { leftBy } = outcome.lock;
    if (leftBy) this.#onNotice(`${this.path} was left locked by the process ${leftBy.pid}, which has ended`);
    await removeAbandoned(this.path, { olderThan: 0, isOwn: (name) => form.test(name) || name.startsWith(lockName) });
  }

  /**
   * Looks whether the checkpoints in the folder, if there are any, are this run's, so that it finds out before it begins. Every
   * {@link save} does so too.
   *
   * @throws CheckpointError when it holds others, which no {@link newest} has read
   */
  async checkOwn(...surplus: []): Promise<void> {
    checkSurplus('checkOwn', surplus);
    await this.#checkOwn('CheckpointFolder.checkOwn');
  }

  async #checkOwn(operation: string): Promise<void> {
    if (this.#own.size > 0) return;
    const others = await this.#names();
    if (others.length > 0) throw ofAnotherRun(operation, join(this.path, others[0]));
  }

  /** Gives the folder to whoever goes on with it. The end of the process does so too. */
  async close(...surplus: []): Promise<void> {
    checkSurplus('close', surplus);
    await this.#lock?.release();
    this.#lock = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /**
   * Keeps a checkpoint, and of the earlier ones the last. One with NaN or infinity in its weights is worth nothing, and would
   * drive out one that is: it is refused.
   *
   * @throws NonFiniteError naming the first such weight; the earlier ones are as they were
   * @throws CheckpointError when it cannot be written, say on a full disk, another run holds the folder, or the folder has
   *   checkpoints that are not this run's; the earlier ones are as they were
   */
  async save(checkpoint: Checkpoint, ...surplus: []): Promise<string> {
    checkSurplus('save', surplus);
    checkFinite(checkpoint);
    await this.open();
    await this.#checkOwn('CheckpointFolder.save');
    this.#run ??= checkpoint.run ?? randomUUID();
    const name = `step-${String(checkpoint.progress.step).padStart(9, '0')}.safetensors`;
    const path = join(this.path, name);
    // What a run that was killed while it tidied up has left goes first, so that there are never more than three.
    if (this.#own.size > 2) await this.#forgetAllBut(this.#last);
    try {
      await writeWhole(path, await writeCheckpoint({ ...checkpoint, run: this.#run }));
    } catch (error) {
      const remedy = this.#last
        ? `Make room; ${join(this.path, this.#last)} is whole`
        : 'Make room, or name another folder';
      throw cannotBeWritten('CheckpointFolder.save', path, error, remedy);
    }
    // Also those of later steps, which the run left that is resumed before them. One that was written anew, at the end of an
    // epoch, keeps the one before it.
    if (name !== this.#last) await this.#forgetAllBut(name, this.#last);
    this.#own.add(name);
    this.#last = name;
    return path;
  }

  /**
   * The newest checkpoint that is as it was written; `undefined` where there is none at all. What is saved from now on
   * belongs to its run. Nothing is changed in the folder.
   *
   * @throws CheckpointError when there are some, and all of them are damaged, or they are not all of one run
   */
  async newest(...surplus: []): Promise<Found | undefined> {
    checkSurplus('newest', surplus);
    const damages: string[] = [];
    const names = await this.#names();
    let found: Found | undefined;
    for (const name of names) {
      const path = join(this.path, name);
      try {
        const checkpoint = await readCheckpoint(await readFile(path), { name: path });
        // One of an earlier version does not say whose it is.
        const { run = checkpoint.run } = found?.checkpoint ?? { run: this.#run };
        if (checkpoint.run !== undefined && checkpoint.run !== run)
          throw ofAnotherRun('CheckpointFolder.newest', path, found?.path);
        found ??= { checkpoint, path };
      } catch (error) {
        if (error instanceof CheckpointError && error.operation === 'CheckpointFolder.newest') throw error;
        if (!found) damages.push(`${path}: ${error instanceof CheckpointError ? error.got : error}`);
      }
    }
    if (found) {
      for (const damage of damages) this.#onNotice(`${damage}; the one before it is used`);
      this.#run = found.checkpoint.run ?? this.#run;
      this.#own = new Set(names);
      this.#last = names.find((name) => found?.path === join(this.path, name));
      return found;
    }
    if (damages.length === 0) return undefined;
    throw new CheckpointError({
      operation: 'CheckpointFolder.newest',
      got: damages.join('; '),
      wanted: 'at least one checkpoint that is as it was written',
      remedy: 'Begin anew in another folder',
    });
  }

  /** Whether the folder holds checkpoints, damaged or not. */
  async isEmpty(...surplus: []): Promise<boolean> {
    checkSurplus('isEmpty', surplus);
    return (await this.#names()).length === 0;
  }

  /** The files' names, the newest first. */
  async #names(): Promise<string[]> {
    const names = await readdir(this.path).catch((error: NodeJS.ErrnoException): string[] => {
      if (error.code === 'ENOENT') return [];
      throw unreadable(this.path, error);
    });
    const step = (name: string): number => Number(form.exec(name)?.[1]);
    return names.filter((name) => form.test(name)).sort((a, b) => step(b) - step(a));
  }

  async #forgetAllBut(...kept: readonly (string | undefined)[]): Promise<void> {
    for (const name of this.#own) {
      if (kept.includes(name)) continue;
      await rm(join(this.path, name), { force: true }).catch(() => undefined);
      this.#own.delete(name);
    }
  }
}

function checkFinite({ weights, progress: { epoch, step } }: Checkpoint): void {
  for (const [name, weight] of weights) {
    if (!hasNonFinite(weight)) continue;
    throw new NonFiniteError({
      operation: `CheckpointFolder.save, epoch ${epoch}, step ${step}`,
      got: `NaN or infinity in ${name}`,
      wanted: 'finite weights',
      remedy: 'Go on from the last checkpoint with a lower learning rate, or clip the gradients',
    });
  }
}
