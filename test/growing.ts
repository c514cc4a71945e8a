import { vi } from 'vitest';
import type * as core from '../packages/core/src/index.ts';
import type * as nn from '../packages/nn/src/index.ts';

/*
 * On memory that is not shared, as a page has it without the two headers, growing takes all views with it. Here are programs
 * whose memory grows, or runs out, at any request for it.
 */

/** A copy of the library, with an engine of its own. */
export interface Program {
  readonly core: typeof core;
  readonly nn: typeof nn;
  /** How many requests for memory `work` makes. */
  readonly requests: (work: () => void, which?: Which) => number;
  /** Lets the memory grow at the n-th request for it while `work` runs, from 1 on. */
  readonly growingAt: <Result>(n: number, work: () => Result, which?: Which) => Result;
  /** Lets all memory be gone from the n-th request on, but for what is given back. */
  readonly runningOutAt: (n: number, work: () => void) => void;
}

/** All requests for memory, or those alone for which nothing of that size was given back meanwhile. */
export type Which = 'all' | 'new';

/** A copy of the program of its own, whose engine has not been started, with shared memory or without. */
export async function fresh(isShared: boolean): Promise<Program> {
  vi.resetModules();
  vi.stubGlobal('crossOriginIsolated', isShared);
  const [core, nn, { Heap }] = await Promise.all([
    import('../packages/core/src/index.ts'),
    import('../packages/nn/src/index.ts'),
    import('../packages/core/src/engine/heap.ts'),
  ]);
  core.configureEngine({ engine: 'simd', threads: 1 });
  if (core.engineInfo().sharedMemory !== isShared) throw new Error(`the memory is ${isShared ? 'not ' : ''}shared`);
  type Heap = InstanceType<typeof Heap>;
  const { take, give } = Heap.prototype;
  /** Calls `meet` before each request that counts, with its number. */
  const watched = <Result>(work: () => Result, which: Which, meet: (count: number, heap: Heap) => void): Result => {
    let count = 0;
    const back = new Map<number, number>();
    const gave = vi.spyOn(Heap.prototype, 'give').mockImplementation(function (this: Heap, block, account) {
      back.set(block.bytes, (back.get(block.bytes) ?? 0) + 1);
      give.call(this, block, account);
    });
    const took = vi.spyOn(Heap.prototype, 'take').mockImplementation(function (this: Heap, bytes, account) {
      const size = 64 * Math.ceil(Math.max(1, bytes) / 64);
      const waiting = back.get(size) ?? 0;
      if (waiting > 0) back.set(size, waiting - 1);
      if (waiting === 0 || which === 'all') meet(++count, this);
      return take.call(this, bytes, account);
    });
    try {
      return work();
    } finally {
      took.mockRestore();
      gave.mockRestore();
    }
  };
  return {
    core,
    nn,
    requests: (work, which = 'all') => {
      let most = 0;
      watched(work, which, (count) => {
        most = count;
      });
      return most;
    },
    growingAt: (n, work, which = 'all') => watched(work, which, (count, heap) => count === n && heap.grow(1)),
    runningOutAt: (n, work) =>
      watched(work, 'new', (count) => {
        if (count < n) return;
        throw new core.OutOfMemoryError({ operation: 'test', got: 'nothing', wanted: 'memory', remedy: 'Wait' });
      }),
  };
}

/** Numbers without a pattern, the same each time. */
export const waves = (length: number, step: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => Math.sin(1 + at * step));
