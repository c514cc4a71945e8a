import type { FloatArray } from '../kernels/dtype.ts';
import type { Block } from './heap.ts';
import { giveUpThreads, machine, threadCount } from './machine.ts';
import { type KernelArray, type Machine, state } from './state.ts';

/*
 * How a twin, which has the arguments of its reference kernel, calls kernels in WebAssembly, which know addresses alone:
 *
 *   launch('add', length, grain, readable(x), readable(y), writable(z))
 *
 * An array of the engine's memory is used where it is. Any other is copied in, and back if it is written; so results do
 * not depend on where arrays lie. The memory taken for that is given back by `finish`, when the twin is done.
 *
 * A twin asks for all addresses before it launches a kernel that changes numbers in place.
 */

/** The address of numbers that the kernel reads. */
export function readable(array: KernelArray): number {
  return addressOf(array, true, false);
}

/** The address of numbers that the kernel writes, every one. */
export function writable(array: KernelArray): number {
  return addressOf(array, false, true);
}

/** The address of numbers that the kernel changes in place. */
export function changeable(array: KernelArray): number {
  return addressOf(array, true, true);
}

/** The address of room for so many bytes until the twin is done, with whatever stands in it. */
export function scratch(bytes: number): number {
  const { heap } = engine();
  const block = heap.take(bytes, heap.work);
  state.scratch.push(block);
  return block.pointer;
}

/**
 * How far the rooms of two threads lie apart at least, in bytes. Kernels that keep their tiles there took up to 1.7 times as long on
 * two threads when one room began where the other ended, and about half of one thread's time from this distance on.
 */
const betweenRooms = 2 ** 18;

/** Scratch room of so many bytes for each thread: the address of the first, and how far each is from the one before it. */
export function rooms(bytes: number): [first: number, distance: number] {
  const others = threadCount() - 1;
  const distance = others > 0 ? bytes + betweenRooms : bytes;
  return [scratch(others * distance + bytes), distance];
}

/** The float64 numbers that stand at an address from {@link scratch}. Ask for them anew after each request for memory. */
export function doublesAt(address: number, length: number): Float64Array {
  return new Float64Array(engine().heap.memory.buffer, address, length);
}

/** The float32 numbers there. */
export function floatsAt(address: number, length: number): Float32Array {
  return new Float32Array(engine().heap.memory.buffer, address, length);
}

/** How many threads may work at the same time; a kernel is told its own number among them. */
export { threadCount };

/** How long kernels in WebAssembly have taken, while somebody measures. */
export const { kernelTime } = state;

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

/**
 * Notes where the arguments of a twin lie, on memory that is not shared. Should it grow for what the twin takes, arrays of
 * the engine lose their views, though not their addresses.
 */
export function noteAddresses(given: readonly unknown[]): void {
  const { heap } = engine();
  for (const array of given) if (isKernelArray(array) && heap.owns(array)) state.addresses.set(array, array.byteOffset);
}

/** Ends a twin: copies results to where they belong, and gives back what it has taken. */
export function finish(isWhole: boolean): void {
  const { copied, scratch, addresses } = state;
  if (addresses.size > 0) addresses.clear();
  if (copied.length === 0 && scratch.length === 0) return;
  const { heap } = engine();
  for (const { array, block, isWritten } of copied) {
    if (isWritten && isWhole) {
      if (array instanceof Float32Array) array.set(heap.floats(block, array.length));
      else array.set(heap.integers(block, array.length));
    }
    heap.give(block, heap.work);
  }
  for (const block of scratch) heap.give(block, heap.work);
  copied.length = 0;
  scratch.length = 0;
}

/**
 * Makes sure that kernels find memory for a copy of each of these arrays that is from outside of the engine: until somebody
 * else asks for memory, calls with them cannot run out of it.
 *
 * @throws OutOfMemoryError when there is no room
 */
export function reserveCopies(arrays: readonly FloatArray[]): void {
  const heap = machine()?.heap;
  const taken: Block[] = [];
  try {
    for (const array of arrays) {
      if (heap && array instanceof Float32Array && !heap.owns(array))
        taken.push(heap.take(array.byteLength, heap.work));
    }
  } finally {
    for (const block of taken) heap?.give(block, heap.work);
  }
}

function addressOf(array: KernelArray, isRead: boolean, isWritten: boolean): number {
  const { heap } = engine();
  if (heap.owns(array)) return array.byteOffset;
  const address = state.addresses.get(array);
  if (address !== undefined) return address;
  const known = state.copied.find((copy) => copy.array === array);
  if (known && (known.isWritten || !isWritten)) return known.block.pointer;
  const block = heap.take(array.byteLength, heap.work);
  state.copied.push({ array, block, isWritten });
  if (isRead) {
    if (array instanceof Float32Array) heap.floats(block, array.length).set(array);
    else heap.integers(block, array.length).set(array);
  }
  return block.pointer;
}

function isKernelArray(argument: unknown): argument is KernelArray {
  return argument instanceof Float32Array || argument instanceof Int32Array;
}

function engine(): Machine {
  return machine() as Machine;
}
