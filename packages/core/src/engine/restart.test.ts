import { describe, expect, test } from 'vitest';
import { Heap, MemoryHasGrown } from './heap.ts';
import { withSteadyMemory } from './restart.ts';
import { state } from './state.ts';

const mebibyte = 2 ** 20;

function open(): Heap {
  const memory = new WebAssembly.Memory({ initial: 32, maximum: 1024, shared: false });
  return new Heap(memory, 65_536, 64 * mebibyte, () => state.restartableWork > 0);
}

describe('a memory that is not shared', () => {
  test('growing inside of an op begins the op again, once, with room for all', () => {
    const heap = open();
    let [attempts, lost] = [0, 0];
    const sum = withSteadyMemory(() => {
      attempts++;
      const first = heap.floats(heap.take(4 * 1000, heap.work), 1000).fill(1);
      const second = heap.floats(heap.take(8 * mebibyte, heap.work), 1000).fill(2);
      if (first.length === 0) lost++;
      return first[999] + second[999];
    });
    expect([sum, attempts, lost]).toEqual([3, 2, 0]);
  });

  test('an op within an op lets the outer one begin again', () => {
    const heap = open();
    let attempts = 0;
    withSteadyMemory(() => {
      attempts++;
      const first = heap.floats(heap.take(4000, heap.work), 1000);
      withSteadyMemory(() => heap.take(8 * mebibyte, heap.work));
      expect(first).toHaveLength(1000);
    });
    expect(attempts).toBe(2);
  });

  test('growing outside of an op is no error', () => {
    const heap = open();
    expect(heap.take(8 * mebibyte, heap.work).bytes).toBe(8 * mebibyte);
    expect([heap.generation, state.restartableWork]).toEqual([1, 0]);
  });

  test('other errors pass', () => {
    expect(() =>
      withSteadyMemory(() => {
        throw new Error('mine');
      }),
    ).toThrow('mine');
    expect(new MemoryHasGrown()).toBeInstanceOf(Error);
  });
});
