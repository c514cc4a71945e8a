import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SmallRun } from '../../test/run.ts';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { CheckpointError, writeCheckpoint } from '../index.ts';
import { CheckpointFolder } from './checkpointFolder.ts';

/** What is in a folder besides its lock. */
const files = async (path: string): Promise<string[]> =>
  (await readdir(path)).filter((name) => name !== 'run.lock').sort();
const at = (step: number) => new SmallRun().checkpoint({ step, epoch: 1, stepInEpoch: step, totalLoss: 0 });

describe('a folder of checkpoints', () => {
  test('is made when it is not there, and keeps the last two', async () => {
    const path = join(await temporaryFolder(), 'deep', 'run');
    const folder = new CheckpointFolder(path);
    expect(await folder.isEmpty()).toBe(true);
    expect(await folder.newest()).toBeUndefined();
    for (const step of [10, 20, 1_234_567_890]) await folder.save(at(step));
    expect(await files(path)).toEqual(['step-000000020.safetensors', 'step-1234567890.safetensors']);
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
      await before.close();
      const bytes = await readFile(newest);
      if (damage === 'changed') bytes[bytes.length - 1] ^= 1;
      await writeFile(newest, bytes);
      if (damage !== 'changed') await truncate(newest, damage === 'empty' ? 0 : bytes.length - 1);
      const notices: string[] = [];
      const folder = new CheckpointFolder(path, { onNotice: (sentence) => notices.push(sentence) });
      expect((await folder.newest())?.checkpoint.progress.step).toBe(10);
      expect(notices).toEqual([expect.stringMatching(/step-000000020\.safetensors: .+; the one before it is used/)]);
      // The next one takes the damaged one's place, and the good one stays beside it.
      await folder.save(at(15));
      expect(await files(path)).toEqual(['step-000000010.safetensors', 'step-000000015.safetensors']);
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
    const killed = new CheckpointFolder(path);
    await killed.save(at(10));
    await killed.close();
    const id = '7-01234567-89ab-cdef-0123-456789abcdef';
    const others = ['movie.mkv.partial', `movie.mkv.${id}.partial`, 'notes.txt', 'step-1.safetensors'];
    const halves = [`step-000000020.safetensors.${id}.partial`, `run.lock.${id}.partial`];
    for (const name of [...others, ...halves]) await writeFile(join(path, name), 'x');
    const folder = new CheckpointFolder(path);
    await folder.newest();
    expect(await files(path)).toEqual([...others, ...halves, 'step-000000010.safetensors'].sort());
    await folder.save(at(20));
    expect(await files(path)).toEqual([...others, 'step-000000010.safetensors', 'step-000000020.safetensors'].sort());
  });

  test('refuses one with NaN in its weights, and keeps the good ones', async () => {
    const path = await temporaryFolder();
    const folder = new CheckpointFolder(path);
    for (const step of [10, 20]) await folder.save(at(step));
    const run = new SmallRun();
    run.model.parameter('conv1.bias').update((numbers) => numbers.fill(Number.NaN));
    const bad = run.checkpoint({ step: 30, epoch: 1, stepInEpoch: 30, totalLoss: 0 });
    await expect(folder.save(bad)).rejects.toThrow('epoch 1, step 30: NaN or infinity in conv1.bias');
    expect(await files(path)).toEqual(['step-000000010.safetensors', 'step-000000020.safetensors']);
  });

  test('where there can be none is an error', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, '');
    await expect(new CheckpointFolder(path).save(at(1))).rejects.toThrow('cannot be written: ');
    await expect(new CheckpointFolder(path).newest()).rejects.toThrow('cannot be read: ');
  });

  test('that cannot be written to is noticed when it is opened', async () => {
    const path = await temporaryFolder();
    await writeFile(join(path, 'file'), '');
    await expect(new CheckpointFolder(join(path, 'file')).open()).rejects.toThrow(CheckpointError);
    await expect(new CheckpointFolder(join(path, 'file')).open()).rejects.toThrow('file cannot be written: ');
    if (process.getuid?.() === 0) return;
    await chmod(path, 0o500);
    await expect(new CheckpointFolder(path).open()).rejects.toThrow('EACCES');
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

describe('two runs in one folder', () => {
  test('are not possible at once: the second is refused before it has done anything', async () => {
    const path = await temporaryFolder();
    const one = new CheckpointFolder(path);
    await one.save(at(10));
    const half = 'step-000000020.safetensors.7-01234567-89ab-cdef-0123-456789abcdef.partial';
    await writeFile(join(path, half), 'x');
    const two = new CheckpointFolder(path);
    // Looking is allowed, and disturbs nothing.
    expect((await two.newest())?.checkpoint.progress.step).toBe(10);
    await expect(two.open()).rejects.toThrow(CheckpointError);
    await expect(two.save(at(20))).rejects.toThrow(
      new RegExp(`into which the process ${process.pid} on .+ writes since .+; wanted a folder that one run has`),
    );
    expect(await files(path)).toEqual(['step-000000010.safetensors', half]);
    await one.close();
    await two.save(at(20));
    expect(await files(path)).toEqual(['step-000000010.safetensors', 'step-000000020.safetensors']);
  });

  test('one after the other: the second leaves the checkpoints of the first alone, and says so', async () => {
    const path = await temporaryFolder();
    const [one, two] = [new CheckpointFolder(path), new CheckpointFolder(path)];
    await two.newest();
    await one.save(at(10));
    await one.close();
    await expect(two.save(at(5))).rejects.toThrow(
      /step-000000010\.safetensors, of another run; wanted .* ask for `newest\(\)` first/,
    );
    expect(await files(path)).toEqual(['step-000000010.safetensors']);
  });

  test('put together by hand are told apart by what stands in their checkpoints', async () => {
    const [path, other] = [await temporaryFolder(), await temporaryFolder()];
    const [one, two] = [new CheckpointFolder(path), new CheckpointFolder(other, { run: 'two' })];
    await one.save(at(10));
    await rename(await two.save(at(20)), join(path, 'step-000000020.safetensors'));
    await expect(new CheckpointFolder(path).newest()).rejects.toThrow(
      /step-000000010\.safetensors, of another run than .*step-000000020\.safetensors; wanted/,
    );
    await expect(new CheckpointFolder(other, { run: 'one' }).newest()).resolves.toBeUndefined();
    await two.save(at(30));
    expect((await new CheckpointFolder(other).newest())?.checkpoint.run).toBe('two');
    await expect(new CheckpointFolder(other, { run: 'one' }).newest()).rejects.toThrow('of another run');
  });

  test('that goes on keeps its identity, and one of before that had none gets one', async () => {
    const path = await temporaryFolder();
    const { run: _, ...nameless } = at(10);
    await writeFile(join(path, 'step-000000010.safetensors'), await writeCheckpoint(nameless));
    const runs: (string | undefined)[] = [];
    for (const step of [20, 30]) {
      await using folder = new CheckpointFolder(path);
      runs.push((await folder.newest())?.checkpoint.run);
      await folder.save(at(step));
    }
    runs.push((await new CheckpointFolder(path).newest())?.checkpoint.run);
    expect(runs).toEqual([undefined, expect.any(String), runs[1]]);
  });

  test('a lock that a killed process has left is taken over, with a word about it', async () => {
    const path = await temporaryFolder();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const left = { pid, host: hostname(), since: Date.now(), token: 'left' };
    await writeFile(join(path, 'run.lock'), JSON.stringify(left));
    const notices: string[] = [];
    await using folder = new CheckpointFolder(path, { onNotice: (sentence) => notices.push(sentence) });
    await folder.save(at(10));
    expect(notices).toEqual([`${path} was left locked by the process ${pid}, which has ended`]);
  });
});
