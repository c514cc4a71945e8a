import { setTimeout } from 'node:timers/promises';
import { afterAll, expect } from 'vitest';
import type { Kernels } from '../src/engine/kernels.ts';
import * as kernels from '../src/engine/kernels.ts';
import { configureEngine, machine } from '../src/engine/machine.ts';
import { Random } from '../src/index.ts';
import * as reference from '../src/kernels/index.ts';

type Lane = Float32Array | Int32Array;

/** One call of a kernel, to be made of the reference and of its twin. */
export interface Trial {
  /** Says in a failed test what was called. */
  readonly name: string;
  readonly inputs: readonly Lane[];
  /** As many numbers as will be written, of that type. */
  readonly outputs: readonly Lane[];
  // biome-ignore lint/suspicious/noExplicitAny: which array is of which type is known to the call
  readonly call: (kernels: Kernels, ...arrays: any[]) => void;
  /** How many units in the last place a twin may be off, and how much beside; both 0 when left out: the very number. */
  readonly units?: number;
  readonly absolute?: number;
}

/** Numbers at the ends of the line, and around the kinks. */
export const special: readonly number[] = [
  ...[0, -0, 1, -1, 0.5, -0.5, 2 ** -149, -(2 ** -149), 2 ** -126, -(2 ** -126), 1e-40, 3e38, -3e38, 88.5, 89, -87],
  ...[-88, -103, -104, -105, 20, 20.000002, Number.NaN, Infinity, -Infinity],
];

/** Numbers of a normal distribution, every eighth of them special if `isWild`. */
export function normalNumbers(length: number, seed: number, isWild = false): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => {
    const wild = isWild && random.uniform() < 1 / 8;
    return wild ? special[Math.floor(random.uniform() * special.length)] : 2 * random.normal();
  });
}

/** The engines that are tried: `TAPEGRAD_TRIED`, where one of them is enough, or else both. */
const engines = (['relaxed', 'simd'] as const).filter((name) => (process.env.TAPEGRAD_TRIED ?? name) === name);

/** On another version of Node, which `TAPEGRAD_TRIED` says, two threads say nothing that three do not. */
const numbersOfThreads = process.env.TAPEGRAD_TRIED ? [1, 3] : [1, 2, 3];

/** Twins with both engines and with 1, 2 and 3 threads: equal bits for all numbers of threads, and near the reference. */
export async function checkTrials(trials: readonly Trial[]): Promise<void> {
  const wanted = trials.map((trial) => {
    const outputs = trial.outputs.map((output) => dirty(output.slice()));
    trial.call(reference, ...trial.inputs, ...outputs);
    return outputs;
  });
  expect(engines).not.toEqual([]);
  for (const engine of engines) {
    let alone: Lane[][] = [];
    for (const threads of numbersOfThreads) {
      configureEngine({ engine, threads });
      await workersAreReady();
      const got = trials.map(callInside);
      if (threads === 1) alone = got;
      for (const [at, trial] of trials.entries()) {
        const label = `${trial.name}, ${engine}, ${threads} threads`;
        for (const [o, output] of got[at].entries()) {
          const isEqual = Buffer.compare(bytesOf(output), bytesOf(alone[at][o])) === 0;
          if (!isEqual) expect(output, `${label}: as with one thread`).toEqual(alone[at][o]);
          if (threads === 1) expectNear(output, wanted[at][o], trial, label);
        }
      }
    }
  }
  expect(trials.length).toBeGreaterThan(0);
}

afterAll(() => configureEngine({ threads: 1 }));

async function workersAreReady(): Promise<void> {
  const pool = machine()?.pool;
  while (pool && pool.ready < pool.threads - 1) await setTimeout(5);
}

const guard = 24;
const untouched = 0x7fc1_2345;

/** The outputs of a trial whose arrays lie in the engine's memory, off the beat of vectors, with guards on both sides. */
function callInside({ name, inputs, outputs, call }: Trial): Lane[] {
  const engine = machine();
  if (!engine) throw new Error('the engine did not start');
  const { heap } = engine;
  const lanes = [...inputs, ...outputs];
  const blocks = lanes.map(({ length }) => heap.take((length + 2 * guard) * 4, heap.work));
  const guarded = lanes.map((lane, at) => {
    const { length } = lane;
    const all = heap.integers(blocks[at], length + 2 * guard).fill(untouched);
    const start = all.byteOffset + (guard - (at % 3)) * 4;
    const isWhole = lane instanceof Int32Array;
    const inside = isWhole ? new Int32Array(all.buffer, start, length) : new Float32Array(all.buffer, start, length);
    if (at < inputs.length) inside.set(lane);
    else dirty(inside);
    return { all, inside };
  });
  call(kernels, ...guarded.map(({ inside }) => inside));
  for (const [at, { all, inside }] of guarded.entries()) {
    const before = (inside.byteOffset - all.byteOffset) / 4;
    const around = [all.subarray(0, before), all.subarray(before + inside.length)];
    if (around.every((words) => words.every((word) => word === untouched))) continue;
    throw new Error(`${name} writes around array ${at}`);
  }
  const results = guarded.slice(inputs.length).map(({ inside }) => inside.slice());
  for (const block of blocks) heap.give(block, heap.work);
  return results;
}

/** Fills an output with what no kernel writes by itself. */
function dirty<Numbers extends Lane>(lane: Numbers): Numbers {
  lane.fill(lane instanceof Int32Array ? -99 : Number.NaN);
  return lane;
}

function bytesOf(lane: Lane): Uint8Array {
  return new Uint8Array(lane.buffer, lane.byteOffset, lane.byteLength);
}

function expectNear(got: Lane, wanted: Lane, { units = 0, absolute = 0 }: Trial, label: string): void {
  const off = wanted.findIndex((value, at) => {
    if (Object.is(got[at], value)) return false;
    if (!Number.isFinite(value) || !Number.isFinite(got[at]) || units + absolute === 0) return true;
    if (value === 0 && got[at] === 0 && absolute === 0) return true;
    const unit = 2 ** Math.max(-149, Math.floor(Math.log2(Math.abs(value))) - 23);
    return Math.abs(got[at] - value) > units * unit + absolute;
  });
  if (off >= 0) expect(got[off], `${label}: index ${off}`).toBe(wanted[off]);
}
