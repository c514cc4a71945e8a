import type { Block } from './heap.ts';
import { giveUpThreads, type Machine, machine, threadCount } from './machine.ts';

/** What kernels take: numbers, or places. */
export type Lane = Float32Array | Int32Array;

/*
 * How a twin, which has the arguments of its reference kernel, calls kernels in WebAssembly, which know addresses alone:
 *
 *   launch('add', length, grain, readable(x), readable(y), writable(z))
 *
 * An array of the engine's memory is used where it is. Any other is copied in, and back if it is written; so results do
 * not depend on where arrays lie. What was borrowed for that is given back by `settle`, when the twin is done.
 */

interface Guest {
  readonly array: Lane;
  readonly block: Block;
  readonly isWritten: boolean;
}

const guests: Guest[] = [];
const borrowed: Block[] = [];

/** The address of numbers that the kernel reads. */
export function readable(array: Lane): number {
  return addressOf(array, true, false);
}

/** The address of numbers that the kernel writes, every one. */
export function writable(array: Lane): number {
  return addressOf(array, false, true);
}

/** The address of numbers that the kernel changes in place. */
export function changeable(array: Lane): number {
  return addressOf(array, true, true);
}

/** The address of room for so many bytes until the twin is done, with whatever stands in it. */
export function scratch(bytes: number): number {
  const { heap } = engine();
  const block = heap.take(bytes, heap.work);
  borrowed.push(block);
  return block.pointer;
}

/** How many threads may work at the same time; a kernel is told its own place among them. */
export { threadCount };

/** How long kernels in WebAssembly have taken, while somebody measures. */
export const kernelTime = { isMeasured: false, milliseconds: 0 };

/**
 * Computes the units [0, units) of a kernel, `grain` of them at a time, on all threads. It is called with the numbers
 * given, and then with the first unit, the one past the last, and its thread. What it writes for a unit must not depend
 * on which others it is given.
 */
export function launch(name: string, units: number, grain: number, ...numbers: number[]): void {
  if (units <= 0) return;
  if (!kernelTime.isMeasured) {
    compute(name, units, grain, numbers);
    return;
  }
  const start = performance.now();
  compute(name, units, grain, numbers);
  kernelTime.milliseconds += performance.now() - start;
}

function compute(name: string, units: number, grain: number, numbers: readonly number[]): void {
  const { pool, routines } = engine();
  if (pool === null || units <= grain) {
    routines[name](...numbers, 0, units, 0);
    return;
  }
  try {
    pool.run(name, numbers, units, grain);
  } catch (error) {
    giveUpThreads();
    throw error;
  }
}

/** Ends a twin: copies results to where they belong, and gives back what was borrowed. */
export function settle(isWhole: boolean): void {
  if (guests.length === 0 && borrowed.length === 0) return;
  const { heap } = engine();
  for (const { array, block, isWritten } of guests) {
    if (isWritten && isWhole) {
      if (array instanceof Float32Array) array.set(heap.floats(block, array.length));
      else array.set(heap.integers(block, array.length));
    }
    heap.give(block, heap.work);
  }
  for (const block of borrowed) heap.give(block, heap.work);
  guests.length = 0;
  borrowed.length = 0;
}

function addressOf(array: Lane, isRead: boolean, isWritten: boolean): number {
  const { heap } = engine();
  if (heap.owns(array)) return array.byteOffset;
  const known = guests.find((guest) => guest.array === array);
  if (known && (known.isWritten || !isWritten)) return known.block.pointer;
  const block = heap.take(array.byteLength, heap.work);
  guests.push({ array, block, isWritten });
  if (isRead) {
    if (array instanceof Float32Array) heap.floats(block, array.length).set(array);
    else heap.integers(block, array.length).set(array);
  }
  return block.pointer;
}

function engine(): Machine {
  return machine() as Machine;
}
