import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { Problem } from '../problem.ts';

/** What a sum of products is made of: two instructions, or the one of relaxed SIMD. */
export type MultiplyAdd = 'simd' | 'relaxed';

/** Enough sums that run side by side to hide how long one multiply-add takes, and few enough to stay in registers. */
const sums = 12;
const unrolled = 8;
/** Rounds of the loop in one call; each multiplies and adds four numbers in each sum. */
const loops = 10_000;
const operationsOfCall = loops * unrolled * sums * 4 * 2;

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
    return (calls * operationsOfCall) / (performance.now() - start) / 1e6;
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
  const bytes = moduleOf(kind);
  if (!WebAssembly.validate(bytes)) throw new Problem(`This Node cannot run WebAssembly ${kind} SIMD.`);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  return exports.run as (loops: number) => number;
}

/*
 * The module in binary: one function (loops: i32) → f32 with the locals x, y and the sums, whose body repeats
 * sum = sum·x + y. With x = y = ½ every sum stays near 1, far from the slow numbers next to 0.
 */
const op = { loop: 3, end: 11, branchIf: 13, get: 32, set: 33, tee: 34, integer: 65, float: 67, subtract: 107 };
const vector = { splat: [253, 19], extract: [253, 31, 0], add: [253, 228, 1], multiply: [253, 230, 1] };
const relaxedMultiplyAdd = [253, 133, 2];

function moduleOf(kind: MultiplyAdd): Uint8Array<ArrayBuffer> {
  const [x, y, first] = [1, 2, 3];
  const sumLocals = Array.from({ length: sums }, (_, local) => first + local);
  const half = [op.float, 0, 0, 0, 63, ...vector.splat];
  const multiplyAdd = (sum: number): number[] =>
    kind === 'relaxed'
      ? [op.get, sum, op.get, x, op.get, y, ...relaxedMultiplyAdd, op.set, sum]
      : [op.get, sum, op.get, x, ...vector.multiply, op.get, y, ...vector.add, op.set, sum];
  const body = [
    ...[x, y, ...sumLocals].flatMap((local) => [...half, op.set, local]),
    ...[op.loop, 64],
    ...Array.from({ length: unrolled }, () => sumLocals.flatMap(multiplyAdd)).flat(),
    ...[op.get, 0, op.integer, 1, op.subtract, op.tee, 0, op.branchIf, 0, op.end],
    ...sumLocals.flatMap((local, index) => [op.get, local, ...(index > 0 ? vector.add : [])]),
    ...[...vector.extract, op.end],
  ];
  const locals = [1, sums + 2, 123];
  const code = [...locals, ...body];
  const section = (id: number, content: readonly number[]): number[] => [id, ...length(content.length), ...content];
  return Uint8Array.from([
    ...[0, 97, 115, 109, 1, 0, 0, 0],
    ...section(1, [1, 96, 1, 127, 1, 125]),
    ...section(3, [1, 0]),
    ...section(7, [1, 3, ...new TextEncoder().encode('run'), 0, 0]),
    ...section(10, [1, ...length(code.length), ...code]),
  ]);
}

/** A length in LEB128: seven bits a byte, the lowest first. */
function length(number: number): number[] {
  return number < 128 ? [number] : [(number % 128) + 128, ...length(Math.floor(number / 128))];
}
