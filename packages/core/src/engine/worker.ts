import type { GrowingMemory } from './heap.ts';

/** What a worker is started with. */
export interface WorkerStart {
  /** The `WebAssembly.Module` of the kernels. */
  readonly module: object;
  readonly memory: GrowingMemory;
  /** How many bits wide the lanes are that the kernels are written for. */
  readonly lanes: number;
  /** Where the words of the job begin; see `job`. */
  readonly job: number;
  /** The number of this thread among all, from 1 on; 0 is the thread that hands out the work. */
  readonly thread: number;
  /** The kernels by number. */
  readonly routines: readonly string[];
}

/**
 * The words of memory by which threads agree on a job, as indices of an Int32Array.
 *
 * A ticket holds two numbers of 16 bits, the first piece of the job that nobody has claimed and the one past the last.
 * Whoever makes the range smaller by one has claimed a piece, and only then reads what is to be done: the job stays
 * written down until all its pieces are done. Threads with an odd number claim the first piece, the others the last: so each
 * of two threads meets again, in kernel after kernel, the samples that its own cache holds.
 */
export const job = {
  ticket: 0,
  /** How many pieces are done. */
  done: 1,
  /** How many workers sleep until the ticket changes. */
  asleep: 2,
  /** 1 while the thread that hands out work sleeps until the last piece is done. */
  waiting: 3,
  /** Set to 1 by a thread whose piece failed. */
  failed: 4,
  /** Threads from this number on are to end. */
  threads: 5,
  /** How many workers are ready. */
  ready: 6,
  routine: 8,
  units: 9,
  grain: 10,
  argumentCount: 11,
  /** From here on float64 numbers: the arguments. */
  arguments: 16,
} as const;

/** The arguments of a job, all numbers. */
export const mostArguments = 48;
/** How many bytes the words and the arguments take. */
export const jobBytes = job.arguments * 4 + mostArguments * 8;
/** Where the end of the range of pieces begins in a ticket, and the bits of its start. */
export const ticket = { shift: 16, mask: 0xffff, most: 0x7fff } as const;

/** How often a thread looks before it sleeps: about 50 µs, longer than the gaps between the kernels of a step. */
export const patience = 20_000;

/**
 * The whole program of a worker: wait for a ticket, claim pieces, compute them. It is text, for a worker is started from
 * nothing: no bundler has to find a file for it, and it is the same in Node and in a browser.
 */
export const workerSource = `
const serve = ({ module, memory, lanes, job, thread, routines }) => {
  const words = new Int32Array(memory.buffer, job, ${job.arguments});
  const numbers = new Float64Array(memory.buffer, job + ${job.arguments * 4}, ${mostArguments});
  const { exports } = new WebAssembly.Instance(module, { env: { memory, lanes } });
  const kernels = routines.map((name) => exports[name]);
  const isOdd = thread % 2 === 1;
  const work = (piece) => {
    const from = piece * words[${job.grain}];
    const args = Array.from(numbers.subarray(0, words[${job.argumentCount}]));
    try {
      kernels[words[${job.routine}]](...args, from, Math.min(words[${job.units}], from + words[${job.grain}]), thread);
    } catch {
      Atomics.store(words, ${job.failed}, 1);
    }
    Atomics.add(words, ${job.done}, 1);
    if (Atomics.load(words, ${job.waiting}) === 1) Atomics.notify(words, ${job.done});
  };
  Atomics.add(words, ${job.ready}, 1);
  for (let looks = 0; Atomics.load(words, ${job.threads}) > thread; looks++) {
    const seen = Atomics.load(words, ${job.ticket});
    const [first, end] = [seen & ${ticket.mask}, seen >>> ${ticket.shift}];
    if (first < end) {
      const claimed = isOdd ? seen + 1 : seen - ${1 << 16};
      if (Atomics.compareExchange(words, ${job.ticket}, seen, claimed) === seen) work(isOdd ? first : end - 1);
      looks = 0;
    } else if (looks > ${patience}) {
      Atomics.add(words, ${job.asleep}, 1);
      if (Atomics.load(words, ${job.threads}) > thread) Atomics.wait(words, ${job.ticket}, seen);
      Atomics.sub(words, ${job.asleep}, 1);
      looks = 0;
    }
  }
  Atomics.sub(words, ${job.ready}, 1);
};
`;

/** How the program begins in Node, where it ends by itself, and in a browser, where it has to be told. */
export const nodeWorkerSource = `${workerSource} serve(require('node:worker_threads').workerData);`;
export const webWorkerSource = `${workerSource} onmessage = ({ data }) => { postMessage('started'); serve(data); close(); };`;
