import { EngineError } from '../errors.ts';
import { nodeParts } from './support.ts';
import { job, mostArguments, nodeWorkerSource, patience, ticket, type WorkerStart, webWorkerSource } from './worker.ts';

/** A kernel: pointers and sizes first, then the range of its units and the thread that works on it. */
export type Routine = (...numbers: number[]) => void;

/** How long nothing may happen, in milliseconds, before a thread counts as dead. A usual piece takes less than one. */
const usualDeadline = 20_000;
/**
 * A wait for another thread that is longer than this, in milliseconds, and than a few pieces, means that the machine had
 * no time for it. After a few such waits among so many jobs, the caller works alone for a while, and for longer and
 * longer while that goes on: a busy machine costs no more than the help of the other threads. Results are the same.
 */
const longWait = 2;
const alone = { waits: 3, among: 256, least: 256, most: 8192 } as const;
/** How long to sleep at a time while pieces of others are missing. */
const nap = 100;

/**
 * Workers that share the engine's memory, and the protocol by which they and the calling thread compute a job together:
 * the job is cut into pieces, and who is free claims the next. The caller works too, and waits for no one who has not
 * claimed a piece: a worker that is late, or never comes, costs nothing but its help.
 */
export class Pool {
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  readonly #routines: readonly Routine[];
  readonly #numberOf: ReadonlyMap<string, number>;
  /** How many threads there are, the caller included. */
  readonly threads: number;
  readonly #deadline: number;
  readonly #workers: { terminate(): unknown }[] = [];
  #canSleep = true;
  /** How many jobs the caller does alone, how many it was the last time, and the waits among the last jobs. */
  #jobsAlone = 0;
  #lastAlone = 0;
  #longWaits = 0;
  #jobs = 0;

  /** Starts all workers. The words of the job, at the address given, must be this pool's alone, and stay so. */
  constructor(
    start: Omit<WorkerStart, 'thread'>,
    exports: Readonly<Record<string, Routine>>,
    threads: number,
    deadline = usualDeadline,
  ) {
    this.#deadline = deadline;
    this.#words = new Int32Array(start.memory.buffer, start.job, job.arguments).fill(0);
    this.#numbers = new Float64Array(start.memory.buffer, start.job + job.arguments * 4, mostArguments);
    this.#routines = start.routines.map((name) => exports[name]);
    this.#numberOf = new Map(start.routines.map((name, number) => [name, number]));
    this.threads = threads;
    Atomics.store(this.#words, job.threads, threads);
    for (let thread = 1; thread < threads; thread++) this.#workers.push(startWorker({ ...start, thread }));
  }

  /** How many workers are there to help, besides the caller. */
  get ready(): number {
    return Atomics.load(this.#words, job.ready);
  }

  /** Tells all workers to end. */
  close(): void {
    const words = this.#words;
    Atomics.store(words, job.threads, 0);
    // A ticket without pieces, but another one: who is about to sleep until it changes does not fall asleep any more.
    const empty = Atomics.load(words, job.ticket) === ticket.mask ? ticket.mask - 1 : ticket.mask;
    Atomics.store(words, job.ticket, empty);
    Atomics.notify(words, job.ticket);
  }

  /** Ends all workers at once, in the middle of a kernel too: after this none of them writes into the memory. */
  stop(): void {
    this.close();
    for (const worker of this.#workers) worker.terminate();
  }

  /**
   * Computes the units [0, units) of a kernel in pieces of `grain`.
   *
   * @throws EngineError when a thread fails or dies on the way; the pool must not be used again
   */
  run(name: string, args: readonly number[], units: number, grain: number): void {
    const number = this.#numberOf.get(name) as number;
    const size = Math.max(grain, Math.ceil(units / ticket.most));
    const pieces = Math.ceil(units / size);
    const words = this.#words;
    if (this.#jobsAlone > 0) {
      this.#jobsAlone--;
      this.#routines[number](...args, 0, units, 0);
      return;
    }
    const start = performance.now();
    let own = 0;
    words[job.routine] = number;
    words[job.units] = units;
    words[job.grain] = size;
    words[job.argumentCount] = args.length;
    for (let at = 0; at < args.length; at++) this.#numbers[at] = args[at];
    words[job.done] = 0;
    Atomics.store(words, job.ticket, pieces << ticket.shift);
    if (Atomics.load(words, job.asleep) > 0) Atomics.notify(words, job.ticket);
    const routine = this.#routines[number];
    for (;;) {
      const seen = Atomics.load(words, job.ticket);
      const end = seen >>> ticket.shift;
      if ((seen & ticket.mask) >= end) break;
      // The caller claims from the end, as all threads with an even number do.
      if (Atomics.compareExchange(words, job.ticket, seen, seen - (1 << ticket.shift)) !== seen) continue;
      const from = (end - 1) * size;
      try {
        routine(...args, from, Math.min(units, from + size), 0);
      } catch {
        Atomics.store(words, job.failed, 1);
      }
      Atomics.add(words, job.done, 1);
      own++;
    }
    this.#wait(name, pieces, (performance.now() - start) / Math.max(1, own));
    if (Atomics.load(words, job.failed) === 1) throw this.#failure(name, 'a thread failed in the middle of it');
  }

  /** Waits until all pieces are done: looks for a while, then sleeps. `usual` is how long a piece takes the caller. */
  #wait(name: string, pieces: number, usual: number): void {
    const words = this.#words;
    if (++this.#jobs > alone.among) this.#beginAnew();
    for (let looks = 0; looks < patience; looks++) if (Atomics.load(words, job.done) === pieces) return;
    const start = performance.now();
    let [last, waited] = [-1, 0];
    Atomics.store(words, job.waiting, 1);
    try {
      for (;;) {
        const done = Atomics.load(words, job.done);
        if (done === pieces) {
          if (performance.now() - start > Math.max(longWait, 4 * usual)) this.#noteLongWait();
          return;
        }
        waited = done === last ? waited + nap : 0;
        last = done;
        if (waited > this.#deadline) {
          throw this.#failure(name, `${pieces - done} of ${pieces} pieces were claimed by a thread that died`);
        }
        this.#nap(done);
      }
    } finally {
      Atomics.store(words, job.waiting, 0);
    }
  }

  #noteLongWait(): void {
    if (++this.#longWaits < alone.waits) return;
    this.#lastAlone = Math.min(alone.most, Math.max(alone.least, 2 * this.#lastAlone));
    this.#jobsAlone = this.#lastAlone;
    [this.#longWaits, this.#jobs] = [0, 0];
  }

  #beginAnew(): void {
    if (this.#longWaits === 0) this.#lastAlone = 0;
    [this.#longWaits, this.#jobs] = [0, 0];
  }

  #nap(done: number): void {
    if (this.#canSleep) {
      try {
        Atomics.wait(this.#words, job.done, done, nap);
        return;
      } catch {
        // The main thread of a page must not sleep.
        this.#canSleep = false;
      }
    }
    const end = performance.now() + nap;
    while (performance.now() < end && Atomics.load(this.#words, job.done) === done) {}
  }

  #failure(name: string, what: string): EngineError {
    return new EngineError({
      operation: name,
      got: `${what}, so that its result is not whole`,
      wanted: 'threads that live as long as the program',
      remedy: 'The engine goes on with one thread; run the step again from the last parameters you trust',
    });
  }
}

function startWorker(start: WorkerStart): { terminate(): unknown } {
  const node = nodeParts();
  if (node) {
    // No inherited options: a worker of a program started with `--import` must not run that again.
    const worker = new node.threads.Worker(nodeWorkerSource, { eval: true, workerData: start, execArgv: [] });
    // What becomes of it is seen by the pool; an unheard error would end the program.
    worker.on('error', () => {});
    worker.unref();
    return worker;
  }
  const address = URL.createObjectURL(new Blob([webWorkerSource], { type: 'text/javascript' }));
  const worker = new Worker(address);
  worker.onmessage = () => URL.revokeObjectURL(address);
  worker.postMessage(start);
  return worker;
}
