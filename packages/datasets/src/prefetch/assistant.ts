import { warn } from '@tapegrad/core';
import type { PreparedBatch } from '../batches/prepare.ts';
import type { StoredSamples } from '../batches/stored.ts';
import type { PlatformUrl, PlatformWorker } from '../platform.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { startWorker, type WorkerPort } from './port.ts';

/** How long an answer may take, in milliseconds, before the worker counts as dead. */
const patience = 20_000;

/** What comes of a request: a batch, or nothing where it has to be made in place. */
type Outcome = PreparedBatch | undefined;

/** A worker that holds a dataset and makes batches of it, or the knowledge that there is none. */
export class Assistant {
  readonly #awaited = new Map<number, (outcome: Outcome) => void>();
  #port: WorkerPort | undefined;
  #isReady = false;
  #isEnded = false;
  #requests = 0;

  /** Starts the worker and hands it the dataset. Where that fails, a warning says so once. */
  constructor(stored: StoredSamples, worker: PlatformUrl | (() => PlatformWorker) | undefined) {
    try {
      this.#port = startWorker(worker, {
        message: (message) => this.#hear(message),
        failure: (reason) => this.#fail(reason),
      });
      if (!this.#port) this.#fail('none was given');
      this.#port?.post({ kind: 'dataset', stored });
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** Whether the worker has yet to say that it is there. */
  get isStarting(): boolean {
    return this.#port !== undefined && !this.#isReady;
  }

  /** Whether it is there and can be asked. */
  get isReady(): boolean {
    return this.#port !== undefined && this.#isReady;
  }

  tell(message: ToWorker): void {
    this.#port?.post(message);
  }

  /** Asks for a batch. The answer is nothing when the worker cannot make it. */
  ask(number: number, indices: Uint32Array): Promise<Outcome> {
    const port = this.#port;
    if (!port) return Promise.resolve(undefined);
    const request = this.#requests++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#fail(`no answer within ${patience / 1000} s`), patience);
      this.#awaited.set(request, (outcome) => {
        clearTimeout(timer);
        this.#awaited.delete(request);
        if (this.#awaited.size === 0) this.#port?.hold(false);
        resolve(outcome);
      });
      port.hold(true);
      port.post({ kind: 'batch', request, number, indices });
    });
  }

  /** Ends the worker. What is still awaited has to be made in place. */
  end(): void {
    this.#isEnded = true;
    this.#port?.end();
    this.#forget();
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'ready') this.#isReady = true;
    else this.#awaited.get(message.request)?.(message.kind === 'batch' ? message.batch : undefined);
  }

  #fail(reason: string): void {
    if (this.#isEnded) return;
    this.end();
    warn({
      code: 'PREFETCH_FALLBACK',
      operation: 'prefetch',
      message: `no worker makes batches ahead (${reason}); they are made between the steps, which are the same and take longer.`,
    });
  }

  #forget(): void {
    this.#port = undefined;
    for (const answer of [...this.#awaited.values()]) answer(undefined);
  }
}
