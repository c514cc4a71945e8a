import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { EngineError } from '../errors.ts';
import { Pool, type Routine } from './pool.ts';
import { job, jobBytes } from './worker.ts';

/** A module with one routine, `mark(base, from, to)`, that adds 1 to the byte at base + from once for each call. */
const source = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 3, 127, 127, 127, 0],
  ...[2, 17, 1, 3, 101, 110, 118, 6, 109, 101, 109, 111, 114, 121, 2, 3, 1, 128, 1],
  ...[3, 2, 1, 0, 7, 8, 1, 4, 109, 97, 114, 107, 0, 0],
  ...[10, 23, 1, 21, 0, 32, 0, 32, 1, 106, 32, 0, 32, 1, 106, 45, 0, 0, 65, 1, 106, 58, 0, 0, 11],
]);
/**
 * A module with one routine, `stall(base, from, to, thread)`, that sets the bytes from base + 64 + from on to 1, on other
 * threads than 0 after it has slept for a second.
 */
const stalling = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 4, 127, 127, 127, 127, 0, 2, 17, 1, 3, 101, 110],
  ...[118, 6, 109, 101, 109, 111, 114, 121, 2, 3, 1, 128, 1, 3, 2, 1, 0, 7, 9, 1, 5, 115, 116, 97],
  ...[108, 108, 0, 0, 10, 57, 1, 55, 0, 32, 3, 4, 64, 32, 0, 65, 0, 66, 128, 148, 235, 220, 3, 254],
  ...[1, 2, 0, 26, 11, 3, 64, 32, 1, 32, 2, 72, 4, 64, 32, 0, 65, 64, 107, 32, 1, 106, 65, 1],
  ...[58, 0, 0, 32, 1, 65, 1, 106, 33, 1, 12, 1, 11, 11, 11],
]);
const open: Pool[] = [];

function start(threads: number, deadline?: number, binary = source, routine = 'mark') {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 128, shared: true });
  const module = new WebAssembly.Module(binary);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const setup = { module, memory, lanes: 128, job: 1024, routines: [routine] };
  const pool = new Pool(setup, exports as Record<string, Routine>, threads, deadline);
  open.push(pool);
  return { pool, memory, bytes: new Uint8Array(memory.buffer, 4096, 40_000) };
}

afterEach(() => {
  for (const pool of open) pool.close();
  open.length = 0;
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1000) throw new Error('it never came true');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('a pool', () => {
  test.each([1, 2, 3, 8])('of %i threads computes each piece once', async (threads) => {
    const { pool, bytes } = start(threads);
    await until(() => pool.ready === threads - 1);
    for (let round = 1; round <= 200; round++) {
      bytes.fill(0);
      pool.run('mark', [4096], 4000, 1);
      // On a machine that has no time for the others, the caller does all units in one call.
      const isAlone = threads > 1 && bytes[1] === 0;
      const expected = new Uint8Array(4000).fill(1, 0, isAlone ? 1 : 4000).fill(isAlone ? 0 : 1, 1);
      // `toEqual` compares byte by byte, in ten times as long as all of it takes.
      expect(Buffer.compare(bytes.slice(0, 4000), expected)).toBe(0);
    }
    expect(bytes.slice(4000).every((byte) => byte === 0)).toBe(true);
  });

  test('joins pieces where there are too many to count', () => {
    const { pool, bytes } = start(2);
    pool.run('mark', [4096], 40_000, 1);
    const starts = bytes.reduce((total, byte) => total + byte, 0);
    expect(starts).toBe(Math.ceil(40_000 / Math.ceil(40_000 / 32_767)));
  });

  test('does not wait for workers that are late', () => {
    const { pool, bytes } = start(4);
    pool.run('mark', [4096], 100, 1);
    expect(bytes.slice(0, 100).every((byte) => byte === 1)).toBe(true);
  });

  test('wakes workers that sleep', async () => {
    const { pool, bytes } = start(3);
    await until(() => pool.ready === 2);
    for (let round = 1; round <= 5; round++) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      pool.run('mark', [4096], 1000, 1);
    }
    expect(bytes.slice(0, 1000).every((byte) => byte === 5)).toBe(true);
  });

  test('a piece that fails is an error', () => {
    const { pool } = start(2);
    expect(() => pool.run('mark', [2 ** 31], 10, 1)).toThrow(EngineError);
  });

  test('a thread that dies with a piece in its hands is an error, not a hang', async () => {
    const { pool, memory } = start(1, 300);
    const thief = new Worker(
      `const { workerData: { memory } } = require('node:worker_threads');
       const words = new Int32Array(memory.buffer, 1024, 16);
       require('node:worker_threads').parentPort.postMessage('ready');
       for (;;) {
         const seen = Atomics.load(words, ${job.ticket});
         const isOpen = (seen & 0xffff) < seen >>> 16;
         if (isOpen && Atomics.compareExchange(words, ${job.ticket}, seen, seen + 1) === seen) process.exit();
       }`,
      { eval: true, workerData: { memory } },
    );
    await new Promise((resolve) => thief.once('message', resolve));
    const error = (() => {
      for (let tries = 0; tries < 1000; tries++) {
        try {
          pool.run('mark', [4096], 4000, 1);
        } catch (error) {
          return error;
        }
      }
      return undefined;
    })();
    expect(error).toBeInstanceOf(EngineError);
    expect(String(error)).toContain('claimed by a thread that died');
  });

  test('a thread that is given up and wakes later writes nothing any more', async () => {
    const { pool, bytes } = start(2, 100, stalling, 'stall');
    await until(() => pool.ready === 1);
    expect(() => {
      for (let tries = 0; tries < 100; tries++) pool.run('stall', [8192], 1000, 1);
    }).toThrow('claimed by a thread that died');
    pool.stop();
    bytes.fill(0);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  test('a thread that the machine has no time for is left alone for a while', async () => {
    const { pool, memory, bytes } = start(1);
    const sleeper = new Worker(
      `const { workerData: { memory }, parentPort } = require('node:worker_threads');
       const words = new Int32Array(memory.buffer, 1024, 16);
       const claims = new Int32Array(memory.buffer, 60_000, 1);
       parentPort.postMessage('ready');
       while (Atomics.load(words, ${job.threads}) > 0) {
         const seen = Atomics.load(words, ${job.ticket});
         const isOpen = (seen & 0xffff) < seen >>> 16;
         if (!isOpen || Atomics.compareExchange(words, ${job.ticket}, seen, seen + 1) !== seen) continue;
         Atomics.add(claims, 0, 1);
         Atomics.wait(claims, 0, -1, 30);
         const end = performance.now() + 30;
         while (performance.now() < end) {}
         Atomics.add(words, ${job.done}, 1);
         if (Atomics.load(words, ${job.waiting}) === 1) Atomics.notify(words, ${job.done});
       }`,
      { eval: true, workerData: { memory } },
    );
    await new Promise((resolve) => sleeper.once('message', resolve));
    const claims = new Int32Array(memory.buffer, 60_000, 1);
    while (claims[0] < 3) pool.run('mark', [4096], 4000, 1);
    bytes.fill(0);
    for (let round = 0; round < 200; round++) pool.run('mark', [4096], 4000, 1);
    // One call for all units, by the caller.
    expect([claims[0], bytes[0], bytes[1]]).toEqual([3, 200, 0]);
    while (claims[0] < 4) pool.run('mark', [4096], 4000, 1);
  });

  test('its words fit into the room that is taken for them', () => {
    expect(jobBytes).toBe(16 * 4 + 48 * 8);
  });
});
