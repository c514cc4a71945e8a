import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SmallRun } from '../../test/run.ts';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { CheckpointError } from '../index.ts';
import { CheckpointFolder } from './checkpointFolder.ts';

const at = (step: number) => new SmallRun().checkpoint({ step, epoch: 1, stepInEpoch: step, totalLoss: 0 });

describe('a folder of checkpoints', () => {
  test('is made when it is not there, and keeps the last two', async () => {
    const path = join(await temporaryFolder(), 'deep', 'run');
    const folder = new CheckpointFolder(path);
    expect(await folder.isEmpty()).toBe(true);
    expect(await folder.newest()).toBeUndefined();
    for (const step of [10, 20, 1_234_567_890]) await folder.save(at(step));
    expect((await readdir(path)).sort()).toEqual(['step-000000020.safetensors', 'step-1234567890.safetensors']);
    expect((await new CheckpointFolder(path).newest())?.checkpoint.progress.step).toBe(1_234_567_890);
    expect(await folder.isEmpty()).toBe(false);
  });

  test.each(['cut short', 'changed', 'empty'] as const)(
    'passes over a newest one that is %s, with a word about it',
    async (damage) => {
      const path = await temporaryFolder();
      const before = new CheckpointFolder(path);
      await before.save(at(10));
      const newest = await before.save(at(20));
      const bytes = await readFile(newest);
      if (damage === 'changed') bytes[bytes.length - 1] ^= 1;
      await writeFile(newest, bytes);
      if (damage !== 'changed') await truncate(newest, damage === 'empty' ? 0 : bytes.length - 1);
      const notices: string[] = [];
      const folder = new CheckpointFolder(path, { onNotice: (sentence) => notices.push(sentence) });
      expect((await folder.newest())?.checkpoint.progress.step).toBe(10);
      expect(notices).toEqual([expect.stringMatching(/step-000000020\.safetensors: .+; the one before it is used/)]);
      // The next one replaces the damaged one, and the good one stays beside it.
      await folder.save(at(15));
      expect((await readdir(path)).sort()).toEqual(['step-000000010.safetensors', 'step-000000015.safetensors']);
    },
  );

  test('with nothing but damaged ones is an error that names them', async () => {
    const path = await temporaryFolder();
    await writeFile(join(path, 'step-000000010.safetensors'), 'nothing');
    await expect(new CheckpointFolder(path).newest()).rejects.toThrow(CheckpointError);
    await expect(new CheckpointFolder(path).newest()).rejects.toThrow('step-000000010.safetensors: 7 bytes');
  });

  test('leaves other files alone, and clears away what a killed process has left', async () => {
    const path = await temporaryFolder();
    await new CheckpointFolder(path).save(at(10));
    for (const name of ['notes.txt', 'step-1.safetensors', 'step-000000020.safetensors.7-a.partial']) {
      await writeFile(join(path, name), 'x');
    }
    const folder = new CheckpointFolder(path);
    await folder.newest();
    await folder.save(at(20));
    expect((await readdir(path)).sort()).toEqual([
      'notes.txt',
      'step-000000010.safetensors',
      'step-000000020.safetensors',
      'step-1.safetensors',
    ]);
  });

  test('refuses one with NaN in its weights, and keeps the good ones', async () => {
    const path = await temporaryFolder();
    const folder = new CheckpointFolder(path);
    for (const step of [10, 20]) await folder.save(at(step));
    const run = new SmallRun();
    run.model.parameter('conv1.bias').update((numbers) => numbers.fill(Number.NaN));
    const bad = run.checkpoint({ step: 30, epoch: 1, stepInEpoch: 30, totalLoss: 0 });
    await expect(folder.save(bad)).rejects.toThrow('epoch 1, step 30: NaN or infinity in conv1.bias');
    expect((await readdir(path)).sort()).toEqual(['step-000000010.safetensors', 'step-000000020.safetensors']);
  });

  test('where there can be none is an error', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, '');
    await expect(new CheckpointFolder(path).save(at(1))).rejects.toThrow(`cannot be written: `);
    await expect(new CheckpointFolder(path).newest()).rejects.toThrow('cannot be read: ');
  });

  const canMount = process.platform === 'linux' && process.getuid?.() === 0;
  test.skipIf(!canMount)('on a full disk: an error, and the earlier ones are whole', async ({ skip }) => {
    const path = join(await temporaryFolder(), 'small');
    await mkdir(path);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path], { stdio: 'ignore' });
    } catch {
      skip('this machine lets nobody mount a tmpfs');
    }
    onTestFinished(() => void execFileSync('umount', [path]));
    const folder = new CheckpointFolder(path);
    await folder.save(at(1));
    await folder.save(at(2));
    await expect(writeFile(join(path, 'filler'), new Uint8Array(100_000))).rejects.toThrow('ENOSPC');
    await expect(folder.save(at(3))).rejects.toThrow(/ENOSPC.*Make room; .*step-000000002\.safetensors is whole/);
    expect((await readdir(path)).filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect((await new CheckpointFolder(path).newest())?.checkpoint.progress.step).toBe(2);
  });
});
