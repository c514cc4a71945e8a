import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GzipError } from '../errors.ts';
import { gunzipIfNeeded } from './gzip.ts';

const name = 'some-file.gz';
const noise = (length: number) => Uint8Array.from({ length }, (_, index) => (index * index * 7919) >>> 8);
const messageOf = async (bytes: Uint8Array, limit = 1e6): Promise<string> => {
  const error: unknown = await gunzipIfNeeded(bytes, { name, limit }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(GzipError);
  expect(error).toMatchObject({ name: 'GzipError', code: 'GZIP', operation: name });
  // The reason in brackets is the platform's, and how far it came is its own affair.
  return (error as Error).message.replace(/after \d+ unpacked bytes \(.+\)/, 'after <n> unpacked bytes (<reason>)');
};

describe('gunzipIfNeeded', () => {
  test('undoes gzip', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        expect(await gunzipIfNeeded(gzipSync(bytes), { name, limit: bytes.length })).toEqual(bytes);
      }),
      { numRuns: 50 },
    );
  });

  test('leaves alone what is not gzipped', async () => {
    for (const bytes of [new Uint8Array(0), Uint8Array.of(0x1f), Uint8Array.of(0, 0, 8, 1)]) {
      expect(await gunzipIfNeeded(bytes, { name, limit: 0 })).toBe(bytes);
    }
  });

  test('reads from shared memory', async () => {
    const packed = gzipSync(noise(1000));
    const shared = new Uint8Array(new SharedArrayBuffer(packed.length));
    shared.set(packed);
    expect(await gunzipIfNeeded(shared, { name, limit: 1000 })).toEqual(noise(1000));
  });

  test('tells of a stream that is cut short, wherever the cut is', async () => {
    const packed = gzipSync(noise(300));
    for (const length of [2, 12, packed.length >> 1, packed.length - 8, packed.length - 1]) {
      expect(await messageOf(packed.subarray(0, length))).toContain('breaks after');
    }
    expect(await messageOf(packed.subarray(0, 12))).toMatchInlineSnapshot(
      `"some-file.gz: the gzip stream breaks after <n> unpacked bytes (<reason>); wanted a whole and undamaged gzip file. Fetch the file again."`,
    );
  });

  test('tells of a damaged stream', async () => {
    const packed = gzipSync(noise(300));
    packed[packed.length - 6] ^= 1;
    expect(await messageOf(packed)).toMatchInlineSnapshot(
      `"some-file.gz: the gzip stream breaks after <n> unpacked bytes (<reason>); wanted a whole and undamaged gzip file. Fetch the file again."`,
    );
  });

  test('tells of random bytes behind the magic number', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
        await messageOf(Uint8Array.of(0x1f, 0x8b, ...bytes));
      }),
      { numRuns: 50 },
    );
  });

  test('stops a bomb as soon as it passes the limit', async () => {
    const bomb = gzipSync(new Uint8Array(2e8), { level: 1 });
    const before = process.memoryUsage().arrayBuffers;
    expect(await messageOf(bomb)).toContain('unpacks to more than 1000000 bytes');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5e7);
  });

  test('counts the limit to the byte', async () => {
    const packed = gzipSync(noise(1000));
    expect(await gunzipIfNeeded(packed, { name, limit: 1000 })).toHaveLength(1000);
    expect(await messageOf(packed.subarray(), 999)).toMatchInlineSnapshot(
      `"some-file.gz: the gzip file of 1023 bytes unpacks to more than 999 bytes; wanted at most 999 bytes. Check that this is the file you meant."`,
    );
  });
});
