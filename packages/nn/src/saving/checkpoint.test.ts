import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { SmallRun } from '../../test/run.ts';
import { CheckpointError, type Progress, readCheckpoint, writeCheckpoint, writeSafetensors } from '../index.ts';
import { seal } from './seal.ts';

const plain = { step: 5, epoch: 1, stepInEpoch: 5, totalLoss: 3 };

describe('a checkpoint', () => {
  test.each([
    ['in the middle of an epoch', 10],
    ['right after the first step', 1],
    ['at the end of an epoch', 14],
    ['one step before the end', 20],
  ])('%s: the run goes on to the same bits', async (_where, stop) => {
    const whole = new SmallRun();
    await whole.train(3, () => undefined);
    const first = new SmallRun();
    let kept: Uint8Array | undefined;
    await first.train(3, async (report) => {
      if (report.step !== stop) return undefined;
      kept = await writeCheckpoint(first.checkpoint(report));
      return 'stop';
    });
    const read = await readCheckpoint(kept ?? new Uint8Array());
    const second = SmallRun.from(read);
    await second.train(3, () => undefined, read.progress);
    expect([...first.losses, ...second.losses]).toEqual(whole.losses);
    const end: Progress = { step: 21, epoch: 3, stepInEpoch: 7, totalLoss: 0 };
    expect(await writeCheckpoint(second.checkpoint(end))).toEqual(await writeCheckpoint(whole.checkpoint(end)));
  });

  test('that lacks a part is refused by name', async () => {
    const { weights: _, ...rest } = new SmallRun().checkpoint(plain);
    for (const given of [rest, undefined, 'run']) {
      await expect(writeCheckpoint(given as never)).rejects.toThrow(
        /^writeCheckpoint: checkpoint is .+; wanted \{ progress, weights, optimiser, random, options \}\. Give all/,
      );
    }
  });

  test('holds what it was given', async () => {
    const run = new SmallRun();
    await run.train(1, () => undefined);
    const written = run.checkpoint(plain);
    const read = await readCheckpoint(await writeCheckpoint(written));
    expect(read.progress).toEqual(plain);
    expect(read.options).toEqual({ note: 'as it was' });
    expect(read.random).toEqual(written.random);
    expect(read.optimiser).toEqual(written.optimiser);
    const numbers = ({ weights }: typeof read) =>
      Object.fromEntries([...weights].map(([name, x]) => [name, x.toList()]));
    expect(numbers(read)).toEqual(numbers(written));
  });

  describe('that is damaged', () => {
    let bytes: Uint8Array;
    beforeAll(async () => {
      bytes = await writeCheckpoint(new SmallRun().checkpoint(plain));
    });

    test('in any single bit is noticed', async () => {
      const position = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }));
      await fc.assert(
        fc.asyncProperty(position, async ([position, bit]) => {
          const changed = bytes.slice();
          changed[position] ^= 1 << bit;
          await expect(readCheckpoint(changed)).rejects.toThrow(CheckpointError);
        }),
        { numRuns: 500 },
      );
    });

    test('by being cut short is noticed', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), async (length) => {
          await expect(readCheckpoint(bytes.subarray(0, length))).rejects.toThrow(CheckpointError);
        }),
        { numRuns: 200 },
      );
    });

    const whole = {
      version: 1,
      progress: plain,
      optimiser: { kind: 'Adam', groups: [], steps: {} },
      random: {},
      options: {},
    };
    test.each([
      ['no checkpoint at all', undefined, 'a safetensors file that is no checkpoint'],
      ['no JSON', '{', 'a description that is not JSON'],
      ['of a later version', { ...whole, version: 2 }, 'a checkpoint of version 2; this program reads version 1'],
      ['without progress', { ...whole, progress: { step: -1 } }, 'no progress'],
      ['without an optimiser', { ...whole, optimiser: { kind: 'Adam' } }, 'no state of an optimiser'],
      ['with a random stream of zeros', { ...whole, random: { a: [0, 0, 0, 0] } }, 'no states of random streams'],
      ['without options', { ...whole, options: [] }, 'no options'],
    ])('%s, though its seal is whole', async (_what, fields, message) => {
      const text = typeof fields === 'string' ? fields : JSON.stringify(fields);
      const file = await seal((digest) =>
        writeSafetensors([], {
          metadata: [['sha256', digest], ...(text === undefined ? [] : [['checkpoint', text] as const])],
        }),
      );
      await expect(readCheckpoint(file, { name: 'my file' })).rejects.toThrow(CheckpointError);
      await expect(readCheckpoint(file, { name: 'my file' })).rejects.toThrow(`my file: ${message}`);
    });
  });
});
