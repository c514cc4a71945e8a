import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { Problem } from '../problem.ts';

/** What a sum of products is made of: two instructions, the one of relaxed SIMD, or pairs of that, which V8 merges. */
export type MultiplyAdd = 'simd' | 'relaxed' | 'wide';

/** Enough sums that run side by side to hide how long one multiply-add takes, and few enough to stay in registers. */
const sums = 12;
const unrolled = 8;
/** Rounds of the loop in one call; each multiplies and adds four numbers in each sum, or eight. */
const loops = 10_000;
const operationsOf = (kind: MultiplyAdd): number => loops * unrolled * sums * (kind === 'wide' ? 8 : 4) * 2;

/** Tries and how long each takes: a disturbance spoils a few of them, and the best one counts. */
const tries = 8;
const [warmUpMs, tryMs] = [100, 50];

/** The most GFLOP/s that so many threads reach in WebAssembly: multiply-adds in registers and nothing else. */
export async function ceiling(kind: MultiplyAdd, threads: number): Promise<number> {
  const others = await Promise.all(Array.from({ length: threads - 1 }, () => helper(kind)));
  const own = contender(kind);
  let best = 0;
  for (let round = 0; round < tries; round++) {
    const pending = others.map(({ run }) => run());
    const speed = own();
    best = Math.max(
      best,
      (await Promise.all(pending)).reduce((sum, speed) => sum + speed, speed),
    );
  }
  await Promise.all(others.map(({ end }) => end()));
  return best;
}

/** Measures the GFLOP/s of the calling thread as often as it is asked. */
export function contender(kind: MultiplyAdd): () => number {
  const work = multiplyAdds(kind);
  const speedFor = (milliseconds: number): number => {
    const start = performance.now();
    let calls = 0;
    for (; performance.now() - start < milliseconds; calls++) work(loops);
    return (calls * operationsOf(kind)) / (performance.now() - start) / 1e6;
  };
  speedFor(warmUpMs);
  return () => speedFor(tryMs);
}

async function helper(kind: MultiplyAdd) {
  const worker = new Worker(new URL('./ceilingWorker.js', import.meta.url), { workerData: kind });
  const answer = <Answer>(): Promise<Answer> =>
    new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await answer();
  return {
    run: (): Promise<number> => {
      worker.postMessage('run');
      return answer();
    },
    end: () => worker.terminate(),
  };
}

function multiplyAdds(kind: MultiplyAdd): (loops: number) => number {
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
  if (kind === 'wide') setFlagsFromString('--experimental-wasm-revectorize');
  const bytes = moduleOf(kind);
  if (!WebAssembly.validate(bytes)) throw new Problem(`This Node cannot run WebAssembly ${kind} SIMD.`);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  new Float32Array((exports.memory as WebAssembly.Memory).buffer).fill(0.5);
  return exports.run as (loops: number) => number;
}

/*
 * The module in binary: one function (loops: i32) with the locals x, y and the sums, whose body repeats sum = sum·x + y.
 * All come from memory, full of ½: so every sum stays near 1, far from the slow numbers next to 0. At the end the sums are
 * stored, the upper one of two first: that is where V8 begins to look for what it can merge.
 */
const op = { loop: 3, end: 11, branchIf: 13, get: 32, set: 33, tee: 34, integer: 65, subtract: 107 };
const vector = { load: [253, 0], loadOne: [253, 9], store: [253, 11], add: [253, 228, 1], multiply: [253, 230, 1] };
const relaxedMultiplyAdd = [253, 133, 2];
const [bytesOfOne, bytesOfFour] = [4, 16];

function moduleOf(kind: MultiplyAdd): Uint8Array<ArrayBuffer> {
  const [x, y, first] = [1, 2, 3];
  // A merged register holds two sums.
  const sumLocals = Array.from({ length: kind === 'wide' ? 2 * sums : sums }, (_, local) => first + local);
  const addressOf = (sum: number): number[] => [2, ...length((sum - first) * bytesOfFour)];
  const zero = [op.integer, 0];
  const multiplyAdd = (sum: number): number[] =>
    kind === 'simd'
      ? [op.get, sum, op.get, x, ...vector.multiply, op.get, y, ...vector.add, op.set, sum]
      : [op.get, sum, op.get, x, op.get, y, ...relaxedMultiplyAdd, op.set, sum];
  const upperFirst = sumLocals.map((_, index) => sumLocals[index ^ 1]);
  const body = [
    ...[x, y].flatMap((local) => [...zero, ...vector.loadOne, 2, local * bytesOfOne, op.set, local]),
    ...sumLocals.flatMap((sum) => [...zero, ...vector.load, ...addressOf(sum), op.set, sum]),
    ...[op.loop, 64],
    ...Array.from({ length: unrolled }, () => sumLocals.flatMap(multiplyAdd)).flat(),
    ...[op.get, 0, op.integer, 1, op.subtract, op.tee, 0, op.branchIf, 0, op.end],
    ...upperFirst.flatMap((sum) => [...zero, op.get, sum, ...vector.store, ...addressOf(sum)]),
    op.end,
  ];
  const locals = [1, ...length(sumLocals.length + 2), 123];
  const code = [...locals, ...body];
  const section = (id: number, content: readonly number[]): number[] => [id, ...length(content.length), ...content];
  const named = (name: string): number[] => [name.length, ...new TextEncoder().encode(name)];
  return Uint8Array.from([
    ...[0, 97, 115, 109, 1, 0, 0, 0],
    ...section(1, [1, 96, 1, 127, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...named('run'), 0, 0, ...named('memory'), 2, 0]),
    ...section(10, [1, ...length(code.length), ...code]),
  ]);
}

/** A length in LEB128: seven bits a byte, the lowest first. */
function length(number: number): number[] {
  return number < 128 ? [number] : [(number % 128) + 128, ...length(Math.floor(number / 128))];
}
