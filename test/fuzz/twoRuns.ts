import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TapegradError } from '@tapegrad/core';
import { CheckpointFolder } from '@tapegrad/nn/node';
import fc from 'fast-check';
import { SmallRun } from '../../packages/nn/test/run.ts';
import type { Target } from './targets.ts';

interface Act {
  readonly run: number;
  readonly what: 'open' | 'newest' | 'save' | 'close';
}

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.record({ run: fc.nat(1), what: fc.constantFrom('open', 'newest', 'save', 'close') }),
  { minLength: 2, maxLength: 8 },
);

/** What belongs to nobody of them, but looks a little like it. */
const others = ['movie.mkv.partial', 'step-1.safetensors', 'notes.txt'];

/**
 * Two runs that do what they like in one folder, in any order. Whatever a run has been told to be saved is there as long as
 * that run holds the folder, no two hold it at once, and nobody else's file is touched.
 */
export const twoRunsTarget: Target = {
  name: 'two runs in one folder',
  inputs: acts,
  // Each makes a folder and files that are written through to the disk. Two acts in a row are 64 pairs; in so many cases
  // each pair comes about a dozen times.
  cases: 200,
  read: async (input) => {
    const path = await mkdtemp(join(tmpdir(), 'tapegrad-two-runs-'));
    const runs = [new CheckpointFolder(path), new CheckpointFolder(path)];
    try {
      for (const name of others) await writeFile(join(path, name), name);
      const ends: (TapegradError | undefined)[] = [];
      for (const [index, act] of (input as readonly Act[]).entries()) ends.push(await end(runs, act, path, index + 1));
      for (const name of others) {
        if ((await readFile(join(path, name), 'utf8')) !== name) throw new Error(`${name} was changed`);
      }
      const refusal = ends.find((error) => error !== undefined);
      if (refusal) throw refusal;
    } finally {
      for (const run of runs) await run.close();
      await rm(path, { recursive: true });
    }
  },
};

/** Who holds the folder: none, or the index of a run. */
const holders = new WeakMap<readonly CheckpointFolder[], number>();

/** How one act ended, checked: with nothing, or a typed error. */
async function end(
  runs: readonly CheckpointFolder[],
  { run, what }: Act,
  path: string,
  step: number,
): Promise<TapegradError | undefined> {
  const before = await checkpointsIn(path);
  const holder = holders.get(runs);
  try {
    if (what === 'open') await runs[run].open();
    else if (what === 'newest') await runs[run].newest();
    else if (what === 'close') await runs[run].close();
    else {
      const saved = await runs[run].save(checkpoint(step));
      if (!(await checkpointsIn(path)).includes(saved.slice(path.length + 1))) throw new Error(`${saved} is not there`);
    }
  } catch (error) {
    if (!(error instanceof TapegradError)) throw error;
    if (String(await checkpointsIn(path)) !== String(before))
      throw new Error(`${what} was refused, and changed the folder`);
    // A first `save` that finds another run's checkpoints has opened the folder by then.
    if (what === 'save' && holder === undefined) holders.set(runs, run);
    return error;
  }
  if (what === 'close') {
    if (holder === run) holders.delete(runs);
  } else if (what !== 'newest') {
    if (holder !== undefined && holder !== run) throw new Error('two runs hold one folder');
    holders.set(runs, run);
  }
  return undefined;
}

async function checkpointsIn(path: string): Promise<string[]> {
  return (await readdir(path)).filter((name) => /^step-\d{9}\.safetensors$/.test(name)).sort();
}

const small = new SmallRun();
const checkpoint = (step: number) => small.checkpoint({ step, epoch: 1, stepInEpoch: step, totalLoss: 0 });
