import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as core from '../packages/core/src/index.ts';
import type { trainSmall } from './browser/training.ts';

/*
 * The engine under a whole training: small, as the README trains it. Each test has an engine of its own, not started yet.
 */

interface Program {
  readonly core: typeof core;
  readonly trainSmall: typeof trainSmall;
}

async function fresh(): Promise<Program> {
  vi.resetModules();
  const [core, { trainSmall }] = await Promise.all([
    import('../packages/core/src/index.ts'),
    import('./browser/training.ts'),
  ]);
  return { core, trainSmall };
}

let program: Program;
beforeEach(async () => {
  program = await fresh();
});
afterEach(() => vi.unstubAllGlobals());

describe('the same seed gives the same bits', () => {
  test.each(['relaxed', 'simd'] as const)('on 1, 2, 3 and 8 threads, %s', (engine) => {
    program.core.configureEngine({ engine });
    const [first, ...others] = [1, 2, 3, 8].map((threads) => program.trainSmall(30, threads));
    expect(first.losses).toHaveLength(30);
    expect(first.weights.length).toBeGreaterThan(5000);
    for (const { losses, weights, threads } of others) {
      expect({ threads, losses, weights }).toEqual({ threads, losses: first.losses, weights: first.weights });
    }
  });

  test('on a memory that is not shared, which grows on the way', async () => {
    const expected = program.trainSmall(20, 1, 500);
    vi.stubGlobal('crossOriginIsolated', false);
    const { core, trainSmall } = await fresh();
    const before = core.engineInfo().memoryBytes;
    const { losses, weights, sharedMemory } = trainSmall(20, 1, 500);
    expect({ losses, weights, sharedMemory }).toEqual({
      losses: expected.losses,
      weights: expected.weights,
      sharedMemory: false,
    });
    expect(core.engineInfo().memoryBytes).toBeGreaterThan(before);
  });

  test('nearly, with other kernels', () => {
    const runs = (['relaxed', 'simd', 'reference'] as const).map((engine) => {
      program.core.configureEngine({ engine });
      return program.trainSmall(10, 2).losses;
    });
    for (const losses of runs) {
      losses.forEach((loss, step) => {
        expect(Math.abs(loss - runs[2][step])).toBeLessThan(2e-4);
      });
    }
  });
});

describe('memory', () => {
  // On other versions of Node, what is computed is tried, and not again how memory is kept.
  test.skipIf(process.env.TAPEGRAD_TRIED)('does not grow from the second equal step on, over 2,000 of them', () => {
    const { core, trainSmall } = program;
    trainSmall(2);
    const { memoryBytes } = core.engineInfo();
    trainSmall(2000);
    expect(core.engineInfo().memoryBytes).toBeLessThanOrEqual(memoryBytes + 2 ** 20);
    expect(core.engineInfo().heldBytes['running tapes']).toBe(0);
    expect(core.engineInfo().heldBytes['work in progress']).toBe(0);
  });

  test('a step that throws gives its memory back', () => {
    const { core } = program;
    const step = (): void => {
      using tape = new core.Tape();
      const x = tape.watch(core.ones([100, 100]));
      core.sum(core.square(x));
      throw new Error('interrupted');
    };
    for (let count = 0; count < 50; count++) expect(step).toThrow('interrupted');
    expect(core.engineInfo().heldBytes['running tapes']).toBe(0);
  });

  test('when it runs out, the error says what is held, and the model goes on', () => {
    const { core } = program;
    core.configureEngine({ memoryLimit: 16 * 2 ** 20 });
    const weight = new core.Parameter('weight', core.ones([1000]));
    const grow = (rows: number): number => {
      using tape = new core.Tape();
      const x = core.multiply(weight, tape.constant(core.ones([rows, 1000])));
      return tape
        .gradients(core.sum(core.square(x)))
        .get(weight)
        .toFlatArray()[0];
    };
    expect(() => grow(5000)).toThrow(core.OutOfMemoryError);
    expect(() => grow(5000)).toThrow(
      /a request for 19\.1 MiB, with 3\.9 KiB by parameters and optimisers held, of 16\.0 MiB/,
    );
    expect(grow(100)).toBe(200);
    core.configureEngine({ memoryLimit: 2 ** 32 });
    expect(grow(5000)).toBe(10_000);
  });

  test('a tensor of an ended tape is an error with the remedy', () => {
    const { core } = program;
    const tape = new core.Tape();
    const y = core.relu(tape.constant([-1, 1]));
    tape.release();
    expect(() => y.toList()).toThrow('whose tape has ended, and its numbers with it');
  });
});

describe('a program that has threads', () => {
  const entry = fileURLToPath(new URL('../packages/core/dist/index.js', import.meta.url));

  test.skipIf(!existsSync(entry))('ends by itself', () => {
    const script = `
      const { configureEngine, engineInfo } = await import(${JSON.stringify(pathToFileURL(entry).href)});
      const { kernels } = await import(${JSON.stringify(new URL('authors/index.js', pathToFileURL(entry)).href)});
      configureEngine({ threads: 4 });
      const x = new Float32Array(1_000_000).fill(1);
      for (let round = 0; round < 20; round++) kernels.add(x, x, new Float32Array(x.length), x.length);
      await new Promise((resolve) => setTimeout(resolve, 200));
      console.log(engineInfo().threads);`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 20_000 });
    expect(String(output).trim()).toBe('4');
  });
});
