import { afterAll, expect, test } from 'vitest';
import type { Block, Heap } from '../src/engine/heap.ts';
import type { Kernels } from '../src/engine/kernels.ts';
import * as kernels from '../src/engine/kernels.ts';
import { configureEngine, machine } from '../src/engine/machine.ts';
import { Random } from '../src/index.ts';
import * as reference from '../src/kernels/index.ts';

/** Where a call of a kernel has its arrays: `input` is read, or changed in place, and `output` is full of NaN before. */
export interface Room {
  input(numbers: Float32Array): Float32Array;
  output(length: number): Float32Array;
}

/** Calls a kernel on arrays of the room. */
export type Call<All = Kernels> = (kernels: All, room: Room) => void;

export interface TwinTest<All = Kernels> {
  readonly cases: readonly { readonly name: string; readonly call: Call<All> }[];
  /** How far a number of the twin may be from that of the reference: relative to it, or absolute where it is smaller than 1. */
  readonly tolerance: number;
}

/**
 * Compares twins with their reference: on both engines, with inputs that have NaN behind them and outputs that must be
 * written wholly and not beyond, on addresses divisible by four alone; and the same bits with one, two and three threads, and
 * with lanes of 128 and of 256 bits.
 */
export function testTwins(title: string, twinTest: TwinTest): void {
  testTwinsOf({ reference, fast: kernels }, title, twinTest);
}

/** The same, for kernels that are not among those of the ops. */
export function testTwinsOf<All>(
  { reference, fast }: { readonly reference: All; readonly fast: All },
  title: string,
  { cases, tolerance }: TwinTest<All>,
): void {
  afterAll(() => configureEngine({ threads: 1, lanes: 128 }));
  for (const engine of ['relaxed', 'simd'] as const) {
    test(`${title}: ${engine}`, async () => {
      const wanted = cases.map(({ call }) => results(call, reference));
      let first: Float32Array[][] | undefined;
      for (const { lanes, threads } of settings) {
        configureEngine({ engine, threads, lanes });
        await workersAreReady();
        const got = cases.map(({ name, call }) => guardedResults(name, call, fast));
        for (const [index, { name }] of cases.entries()) {
          if (first) expectEqual(`${name}, ${threads} threads, lanes of ${lanes}`, got[index], first[index], Object.is);
          else expectEqual(name, got[index], wanted[index], isWithin(tolerance));
        }
        first ??= got;
      }
    });
  }
}

/** What must not change a bit. */
const settings = [
  { lanes: 128, threads: 1 },
  { lanes: 128, threads: 2 },
  { lanes: 128, threads: 3 },
  { lanes: 256, threads: 1 },
  { lanes: 256, threads: 2 },
] as const;

/** Numbers between -1 and 1. Every case asks for its own a dozen times: they are drawn once. */
export function someNumbers(length: number, seed: number): Float32Array {
  const key = `${length} ${seed}`;
  let numbers = drawn.get(key);
  if (!numbers) {
    const random = new Random(seed);
    numbers = new Float32Array(length);
    for (let at = 0; at < length; at++) numbers[at] = random.uniform(-1, 1);
    drawn.set(key, numbers);
  }
  return numbers.slice();
}

const drawn = new Map<string, Float32Array>();

/** The same, with a few of the numbers given among them. */
export function mixedNumbers(length: number, seed: number, special: readonly number[]): Float32Array {
  const random = new Random(seed + 1);
  const numbers = someNumbers(length, seed);
  for (const number of special) numbers[Math.floor(random.uniform(0, length))] = number;
  return numbers;
}

function results<All>(call: Call<All>, kernels: All): Float32Array[] {
  const arrays: Float32Array[] = [];
  const keep = (array: Float32Array): Float32Array => {
    arrays.push(array);
    return array;
  };
  call(kernels, { input: (numbers) => keep(numbers.slice()), output: (length) => keep(filled(length)) });
  return arrays;
}

function filled(length: number): Float32Array {
  return new Float32Array(length).fill(Number.NaN);
}

/** How many numbers stand before and behind each array. */
const before = 3;
const behind = 21;

function guardedResults<All>(name: string, call: Call<All>, fast: All): Float32Array[] {
  const { heap } = machine() as { heap: Heap };
  const lent: { block: Block; length: number }[] = [];
  const lend = (length: number): Float32Array => {
    const block = heap.take(4 * (before + length + behind), heap.work);
    lent.push({ block, length });
    const whole = heap.floats(block, before + length + behind);
    whole.fill(Number.NaN);
    return whole.subarray(before, before + length);
  };
  const input = (numbers: Float32Array): Float32Array => {
    const array = lend(numbers.length);
    array.set(numbers);
    return array;
  };
  call(fast, { input, output: lend });
  return lent.map(({ block, length }) => {
    const whole = heap.floats(block, before + length + behind);
    const guards = [...whole.subarray(0, before), ...whole.subarray(before + length)];
    if (!guards.every(Number.isNaN)) expect.fail(`${name} wrote beside its arrays`);
    const array = whole.slice(before, before + length);
    heap.give(block, heap.work);
    return array;
  });
}

function isWithin(tolerance: number) {
  return (got: number, wanted: number): boolean =>
    Object.is(got, wanted) || got === wanted || Math.abs(got - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
}

function expectEqual(
  name: string,
  got: readonly Float32Array[],
  wanted: readonly Float32Array[],
  isEqual: (got: number, wanted: number) => boolean,
): void {
  for (const [index, array] of got.entries()) {
    // Most arrays agree in every bit, which is seen at once.
    if (Buffer.compare(bytesOf(array), bytesOf(wanted[index])) === 0) continue;
    const at = array.findIndex((number, position) => !isEqual(number, wanted[index][position]));
    if (at < 0) continue;
    expect.fail(`${name}: number ${at} of array ${index} is ${array[at]} instead of ${wanted[index][at]}`);
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function workersAreReady(): Promise<void> {
  const pool = machine()?.pool;
  while (pool && pool.ready < pool.threads - 1) await new Promise((resolve) => setTimeout(resolve, 1));
}
