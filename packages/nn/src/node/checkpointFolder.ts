import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hasNonFinite, NonFiniteError } from '@tapegrad/core';
import { removeAbandoned, writeWhole } from '@tapegrad/core/node';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../saving/checkpoint.ts';
import { CheckpointError } from '../saving/errors.ts';

export interface CheckpointFolderOptions {
  /** Told, in a sentence, of a checkpoint that is damaged and was passed over. */
  readonly onNotice?: (sentence: string) => void;
}

/** A checkpoint that was found, and where. */
export interface Found {
  readonly checkpoint: Checkpoint;
  readonly path: string;
}

const form = /^step-(\d{9,15})\.safetensors$/;

/**
 * The checkpoints of one run in a folder of their own: the last two, so that a damaged newest one does not end the run.
 * Each is a file `step-000001200.safetensors`, which is there whole or not at all, also when the process is killed, or the
 * machine, while it is written.
 */
export class CheckpointFolder {
  readonly path: string;
  readonly #onNotice: (sentence: string) => void;
  /** The file that is kept beside the newest. */
  #last: string | undefined;

  constructor(path: string, { onNotice = () => {} }: CheckpointFolderOptions = {}) {
    this.path = path;
    this.#onNotice = onNotice;
  }

  /**
   * Keeps a checkpoint, and of the earlier ones the last. One with NaN or infinity in its weights is worth nothing, and would
   * drive out one that is: it is refused.
   *
   * @throws NonFiniteError naming the first such weight; the earlier ones are as they were
   * @throws CheckpointError when it cannot be written, say on a full disk; the earlier ones are as they were
   */
  async save(checkpoint: Checkpoint): Promise<string> {
    const name = `step-${String(checkpoint.progress.step).padStart(9, '0')}.safetensors`;
    const path = join(this.path, name);
    checkFinite(checkpoint);
    try {
      await writeWhole(path, await writeCheckpoint(checkpoint));
    } catch (error) {
      throw new CheckpointError(
        {
          operation: 'CheckpointFolder.save',
          got: `${path} cannot be written: ${error instanceof Error ? error.message : error}`,
          wanted: 'a folder that can be written to, with room in it',
          remedy: this.#last
            ? `Make room; ${join(this.path, this.#last)} is whole`
            : 'Make room, or name another folder',
        },
        { cause: error },
      );
    }
    await this.#forgetAllBut(name, this.#last);
    this.#last = name;
    return path;
  }

  /**
   * The newest checkpoint that is as it was written; `undefined` where there is none at all.
   *
   * @throws CheckpointError when there are some, and all of them are damaged
   */
  async newest(): Promise<Found | undefined> {
    const damages: string[] = [];
    const names = await this.#names();
    for (const [index, name] of names.entries()) {
      const path = join(this.path, name);
      try {
        const checkpoint = await readCheckpoint(await readFile(path), { name: path });
        for (const damage of damages) this.#onNotice(`${damage}; the one before it is used`);
        this.#last = name;
        // What a process that was killed had no time for: older ones than two, and files half-written.
        await this.#forget(names.slice(index + 2));
        await removeAbandoned(this.path, 0);
        return { checkpoint, path };
      } catch (error) {
        damages.push(`${path}: ${error instanceof CheckpointError ? error.got : error}`);
      }
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
  async isEmpty(): Promise<boolean> {
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

  async #forget(names: readonly string[]): Promise<void> {
    for (const name of names) await rm(join(this.path, name), { force: true }).catch(() => undefined);
  }

  /** Also those of later steps, which a run left that was resumed before them. */
  async #forgetAllBut(...kept: readonly (string | undefined)[]): Promise<void> {
    const names = await this.#names();
    await this.#forget(names.filter((name) => !kept.includes(name)));
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

function unreadable(path: string, cause: Error): CheckpointError {
  return new CheckpointError(
    {
      operation: 'CheckpointFolder',
      got: `${path} cannot be read: ${cause.message}`,
      wanted: 'a folder, or a name where one can be made',
      remedy: 'Name another folder',
    },
    { cause },
  );
}
