import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtInDigits } from '@tapegrad/datasets';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/temporaryFolder.ts';
import { findRun, optionsOf } from './checkpoints.ts';
import { commandLine, type Options } from './options.ts';
import { train } from './train.ts';

const data = builtInDigits({ train: 64, test: 10 });
const silent = (): void => {};
const parse = (...words: string[]): Options =>
  commandLine()
    .parse(['--digits', '--epochs', '1', '--batch-size', '32', ...words], { from: 'user' })
    .opts<Options>();

/** Trains one epoch of two steps with checkpoints in a folder, which is closed again. */
async function trained(path: string, ...words: string[]): Promise<void> {
  const options = parse('--checkpoint', path, ...words);
  const found = await findRun(options, silent);
  await train(data, options, { say: silent, record: silent, stop: new AbortController().signal, ...found });
  await found.folder?.close();
}

test('a folder that cannot be written to is refused before anything is trained', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  await expect(findRun(parse('--checkpoint', file), silent)).rejects.toThrow(`${file} cannot be written: `);
});

test('two runs cannot share a folder: the second is refused, begun or resumed, and the first goes on', async () => {
  const path = join(await temporaryFolder(), 'run');
  const one = await findRun(parse('--checkpoint', path), silent);
  for (const words of [[], ['--resume']]) {
    await expect(findRun(parse('--checkpoint', path, ...words), silent)).rejects.toThrow(
      /into which the process \d+ on .* writes since/,
    );
  }
  await one.folder?.close();
  await trained(path);
  await expect(findRun(parse('--checkpoint', path), silent)).rejects.toThrow('which holds the checkpoints of a run');
  // What was refused has left no lock.
  expect(await readdir(path)).toEqual(['step-000000002.safetensors']);
});

test('checkpoints say whose they are: equal for equal runs, and another one for another seed', async () => {
  const folder = await temporaryFolder();
  const runs: (string | undefined)[] = [];
  for (const [name, seed] of [
    ['a', '1'],
    ['b', '1'],
    ['c', '2'],
  ]) {
    await trained(join(folder, name), '--seed', seed);
    const found = await findRun(parse('--checkpoint', join(folder, name), '--resume'), silent);
    await found.folder?.close();
    runs.push(found.checkpoint?.run);
  }
  expect(runs).toEqual([expect.stringMatching(/^[\da-f]{64}$/), runs[0], expect.stringMatching(/^[\da-f]{64}$/)]);
  expect(runs[2]).not.toBe(runs[0]);
});

test('--resume with more epochs says why that is another run, and what to do', async () => {
  const path = await temporaryFolder();
  await trained(path);
  const found = await findRun(parse('--checkpoint', path, '--resume'), silent);
  await found.folder?.close();
  const { checkpoint } = found;
  if (!checkpoint) throw new Error('no checkpoint');
  expect(() => optionsOf(checkpoint, parse('--epochs', '3'), new Set(['epochs']))).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: --resume: --epochs 3, and a run that was planned for 1; wanted 1 epochs: the learning rate rises and falls once over all of them, so that another number of epochs is another run from its first step on. Leave it out, or begin a new run of 3 epochs in another folder.]`,
  );
});
