import { describe, expect, test } from 'vitest';
import { Heap } from './heap.ts';

const mebibyte = 2 ** 20;

function open(shared: boolean, limit = 64 * mebibyte): Heap {
  const memory = new WebAssembly.Memory({ initial: 32, maximum: 1024, shared });
  return new Heap(memory, 65_536, limit);
}

describe.each([true, false])('a heap, shared: %s', (shared) => {
  test('blocks are aligned, apart, and within the memory', () => {
    const heap = open(shared);
    const blocks = [1, 64, 65, 1000, 100_000].map((bytes) => heap.take(bytes, heap.work));
    for (const { pointer, bytes } of blocks) {
      expect(pointer % 64).toBe(0);
      expect(pointer).toBeGreaterThanOrEqual(65_536);
      expect(pointer + bytes).toBeLessThanOrEqual(heap.size - 1024);
    }
    const sorted = [...blocks].sort((a, b) => a.pointer - b.pointer);
    for (let at = 1; at < sorted.length; at++) {
      expect(sorted[at].pointer).toBeGreaterThanOrEqual(sorted[at - 1].pointer + sorted[at - 1].bytes);
    }
    expect(heap.work.bytes).toBe(64 + 64 + 128 + 1024 + 100_032);
  });

  test('a size that is no number takes nothing, and leaves the rest as it was', () => {
    const heap = open(shared);
    expect(() => heap.take(Number.NaN, heap.work)).toThrow('a request for NaN MiB');
    expect(heap.work.bytes).toBe(0);
    expect(heap.take(64, heap.work)).toMatchObject({ bytes: 64 });
  });

  test('a block that was given back serves the next of its size, with its view', () => {
    const heap = open(shared);
    const block = heap.take(400, heap.tapes);
    const numbers = heap.floats(block, 100);
    heap.give(block, heap.tapes);
    expect(heap.tapes.bytes).toBe(0);
    const again = heap.take(400, heap.tapes);
    expect(again).toBe(block);
    expect(heap.floats(again, 100)).toBe(numbers);
    expect(heap.floats(again, 99)).toHaveLength(99);
    expect(heap.integers(again, 100)).toBeInstanceOf(Int32Array);
  });

  test('small blocks are joined before the memory grows', () => {
    const heap = open(shared);
    const blocks = Array.from({ length: 1000 }, () => heap.take(1000, heap.work));
    for (const block of blocks) heap.give(block, heap.work);
    const size = heap.size;
    heap.take(1_000_000, heap.work);
    expect(heap.size).toBe(size);
  });

  test('sizes that change all the time do not pile up', () => {
    const heap = open(shared);
    const round = (first: number): void => {
      const blocks = [1, 2, 3, 4].map((factor) => heap.take(first * factor, heap.work));
      for (const block of blocks) heap.give(block, heap.work);
    };
    for (let bytes = 1000; bytes < 300_000; bytes += 997) round(bytes);
    expect(heap.size).toBeLessThan(8 * mebibyte);
  });

  test('grows up to its limit, and says what is held when that is reached', () => {
    const heap = open(shared, 16 * mebibyte);
    const held = [heap.take(3 * mebibyte, heap.lasting), heap.take(8 * mebibyte, heap.tapes)];
    expect(() => heap.take(9 * mebibyte, heap.work)).toThrowErrorMatchingInlineSnapshot(
      `[OutOfMemoryError: engine: a request for 9.0 MiB, with 3.0 MiB by parameters and optimisers and 8.0 MiB by running tapes held, of 16.0 MiB at most; wanted steps that fit into memory. Use smaller batches, end tapes with \`using\`, or raise the limit with \`configureEngine({ memoryLimit })\`.]`,
    );
    heap.give(held[1], heap.tapes);
    expect(heap.take(9 * mebibyte, heap.work).bytes).toBe(9 * mebibyte);
    expect(heap.size).toBeLessThanOrEqual(16 * mebibyte);
  });

  test('knows its arrays, older ones too', () => {
    const heap = open(shared);
    const numbers = heap.floats(heap.take(40, heap.work), 10);
    expect(heap.owns(numbers)).toBe(true);
    expect(heap.owns(new Float32Array(10))).toBe(false);
    heap.take(20 * mebibyte, heap.work);
    expect(heap.owns(numbers)).toBe(shared);
    expect(heap.generation).toBe(shared ? 0 : 1);
    expect(numbers).toHaveLength(shared ? 10 : 0);
  });
});
