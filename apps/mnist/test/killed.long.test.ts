import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@tapegrad/core';
import { CheckpointFolder } from '@tapegrad/nn/node';
import { build } from 'vite';
import { expect, onTestFinished, test } from 'vitest';

const source = fileURLToPath(new URL('./killed.mjs', import.meta.url));
const isBuilt = existsSync(fileURLToPath(new URL('../dist/train.js', import.meta.url)));
if (!isBuilt) console.warn('apps/mnist is not built: run `npx pnpm build` to test runs that are killed');

const stepsInEpoch = 4;
const epochs = 30;
/** CI has time for half of them. */
const runs = process.env.TAPEGRAD_KILLS === 'some' ? 5 : 10;
const killsInRun = 20;

/** The program as one file: started two hundred times, it would spend half of its life on looking for five hundred. */
async function inOneFile(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: source, outDir: folder, rolldownOptions: { output: { entryFileNames: 'killed.mjs' } } },
  });
  return join(folder, 'killed.mjs');
}

interface Ended {
  readonly isDone: boolean;
  /** Where it began, and the last step it told of; `undefined` where it was killed before. */
  readonly from: number | undefined;
  readonly last: number | undefined;
}

/** Runs the program, and kills it so many milliseconds after it began to train; never without a number. */
async function run(
  program: string,
  folder: string,
  killAfter?: { readonly start: number; readonly training: number },
): Promise<Ended> {
  const child = spawn(process.execPath, [program, folder, String(epochs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TAPEGRAD_THREADS: '1' },
  });
  const kill = (): void => void child.kill('SIGKILL');
  let out = '';
  let timer = killAfter && killAfter.start > 0 ? setTimeout(kill, killAfter.start) : undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    if (killAfter && !timer && out.includes('step')) timer = setTimeout(kill, killAfter.training);
  });
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  const number = (word: string): number | undefined => {
    const found = [...out.matchAll(new RegExp(`^${word} (\\d+)\n`, 'gm'))].at(-1);
    return found && Number(found[1]);
  };
  return { isDone: out.endsWith('done\n'), from: number('from'), last: number('step') };
}

/** The newest checkpoint of a folder, byte by byte. */
async function newest(folder: string): Promise<Uint8Array> {
  const found = await new CheckpointFolder(folder).newest();
  return await readFile(found?.path ?? '');
}

test.skipIf(!isBuilt)(
  `${runs * killsInRun} times killed at a random moment: nothing is lost but the step under way, and the end is the same`,
  { timeout: 600_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tapegrad-killed-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const program = await inOneFile(join(folder, 'program'));
    const whole = join(folder, 'whole');
    expect(await run(program, whole)).toEqual({ isDone: true, from: 0, last: epochs * stepsInEpoch });
    const expected = await newest(whole);
    const random = new Random(1);
    let inTraining = 0;
    let [fewest, most] = [Infinity, 0];
    const chain = async (index: number): Promise<void> => {
      const path = join(folder, String(index));
      // A checkpoint comes after each step, and a step is told of when it is taken: all but the last are kept for sure.
      let kept = 0;
      for (let kill = 0; kill < killsInRun; kill++) {
        // Some die while they start, most while they train and write.
        const isEarly = random.uniform() < 0.15;
        const { from, last, isDone } = await run(program, path, {
          start: isEarly ? 1 + random.uniform(0, 600) : 0,
          training: random.uniform(0, 60),
        });
        if (from !== undefined) expect(from).toBeGreaterThanOrEqual(kept);
        if (last !== undefined) kept = Math.max(kept, last - 1);
        if (last !== undefined && !isDone) inTraining++;
        const files = await readdir(path).catch((): string[] => []);
        expect(files.filter((name) => /^step-\d+\.safetensors$/.test(name)).length).toBeLessThanOrEqual(3);
      }
      [fewest, most] = [Math.min(fewest, kept), Math.max(most, kept)];
      expect((await run(program, path)).isDone).toBe(true);
      expect(Buffer.compare(await newest(path), expected)).toBe(0);
      expect((await readdir(path)).filter((name) => name.endsWith('.partial'))).toEqual([]);
    };
    const all = Array.from({ length: runs }, (_, index) => index);
    const next = async (): Promise<void> => {
      for (let index = all.shift(); index !== undefined; index = all.shift()) await chain(index);
    };
    await Promise.all([next(), next()]);
    console.log(`killed ${inTraining} times between two steps; each run had come ${fewest} to ${most} steps by then`);
    expect(inTraining).toBeGreaterThan((runs * killsInRun) / 2);
  },
);
