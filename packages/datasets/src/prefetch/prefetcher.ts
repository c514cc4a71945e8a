import { ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { asBatch, type BatchOf, type MixedBatchOf } from '../batches/batch.ts';
import { type BatchOptions, batchOptions } from '../batches/options.ts';
import { type BatchPlan, planBatches } from '../batches/plan.ts';
import { type PreparedBatch, prepareBatch } from '../batches/prepare.ts';
import { type StoredSamples, sharedSamples, storedSamples } from '../batches/stored.ts';
import { columnsOf } from '../dataset/columns.ts';
import { checkSamples, hasItems } from '../dataset/count.ts';
import type { ImageDataset } from '../dataset/dataset.ts';
import type { PlatformUrl, PlatformWorker } from '../platform.ts';
import type { Mix } from '../transforms/mix/mix.ts';
import { Assistant } from './assistant.ts';

/** How batches are made ahead. */
export interface PrefetchOptions {
  /** How many batches are made ahead, 1 to 64. Default: 3. */
  readonly ahead?: number;
  /**
   * Makes the worker, whose module calls `servePrefetch`; or says where that module is, in Node. Default: in Node
   * tapegrad's own; in a browser none, for only its bundler can make one, and batches are then made in place.
   */
  readonly worker?: PlatformUrl | (() => PlatformWorker);
}

const prefetchOptions: OptionNames<PrefetchOptions> = { ahead: 'optional', worker: 'optional' };

/**
 * Makes batches of one dataset in a worker, ahead of the training that uses them: the very batches of `batches`, in the
 * same order and to the last bit. The dataset is handed over once, in shared memory where there is such.
 *
 * Where no worker can be started, or one fails, batches are made in place, and a warning says so; so are the first ones
 * while the worker starts. `close`, or the end of its `using` block, ends the worker.
 */
export class Prefetcher<Data extends object = ImageDataset> {
  readonly #dataset: Data;
  readonly #stored: StoredSamples;
  readonly #ahead: number;
  readonly #assistant: Assistant;
  #pass = 0;

  /** @throws ValueError when `ahead` is not a whole number from 1 to 64, or the dataset is not one of images as `batches` takes */
  constructor(dataset: Data, options: PrefetchOptions = {}, ...surplus: []) {
    checkSurplus('Prefetcher', surplus);
    const { ahead = 3, worker } = checkOptions('Prefetcher', options, prefetchOptions);
    checkAhead(ahead);
    checkArrays(dataset);
    this.#dataset = dataset;
    this.#ahead = ahead;
    this.#stored = sharedSamples(storedSamples(columnsOf(dataset)));
    this.#assistant = new Assistant(this.#stored, worker);
  }

  /**
   * One pass over the dataset, as `batches` gives it. A pass that begins ends the one before it, if that is still running.
   *
   * @throws ValueError as `batches` does, at once
   */
  batches(options: BatchOptions & { readonly mix: Mix }): AsyncGenerator<MixedBatchOf<Data>, void, undefined>;
  batches(options: BatchOptions): AsyncGenerator<BatchOf<Data>, void, undefined>;
  batches(options: BatchOptions, ...surplus: []): AsyncGenerator<BatchOf<Data> | MixedBatchOf<Data>, void, undefined> {
    checkSurplus('batches', surplus);
    return this.passOf(planBatches(this.#dataset, options));
  }

  /** One pass in batches that were planned before. */
  passOf({ groups, preparation }: BatchPlan, ...surplus: []): AsyncGenerator<BatchOf<Data>, void, undefined> {
    checkSurplus('passOf', surplus);
    const pass = ++this.#pass;
    const assistant = this.#assistant;
    const stored = this.#stored;
    const ahead = this.#ahead;
    const isCurrent = (): boolean => pass === this.#pass;
    return run();

    async function* run(): AsyncGenerator<BatchOf<Data>, void, undefined> {
      const asked = new Map<number, Promise<PreparedBatch | undefined>>();
      let isTold = false;
      let next = 0;
      for (const [at, { number, indices }] of groups.entries()) {
        if (!isCurrent()) return;
        // Its word that it is there comes only when the loop lets go for a moment.
        if (assistant.isStarting) await new Promise((resolve) => setTimeout(resolve, 0));
        if (assistant.isReady) {
          if (!isTold) assistant.tell({ kind: 'pass', preparation });
          isTold = true;
          // The first batch that it makes is the one after this, unless this is asked for already.
          for (next = Math.max(next, at); next < Math.min(groups.length, at + 1 + ahead); next++) {
            asked.set(next, assistant.ask(groups[next].number, groups[next].indices));
          }
        }
        const made = await asked.get(at);
        asked.delete(at);
        if (!isCurrent()) return;
        yield asBatch<Data>(made ?? prepareBatch(stored, preparation, indices, number), indices);
      }
    }
  }

  /** Ends the worker. Passes that are still running go on in place. */
  close(...surplus: []): void {
    checkSurplus('close', surplus);
    this.#assistant.end();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * One pass over a dataset whose batches are made ahead in a worker, which ends with the pass, however that ends. For
 * several passes, a {@link Prefetcher} starts the worker only once.
 *
 * @example
 * const { train } = builtInDigits({ train: 100, test: 1 });
 * let seen = 0;
 * for await (const { labels } of prefetch(train, { batchSize: 40 })) seen += labels.size;
 * seen // 100
 * @throws ValueError as `batches` and `Prefetcher` do
 */
export function prefetch<Data extends object>(
  dataset: Data,
  options: BatchOptions & PrefetchOptions & { readonly mix: Mix },
): AsyncGenerator<MixedBatchOf<Data>, void, undefined>;
export function prefetch<Data extends object>(
  dataset: Data,
  options: BatchOptions & PrefetchOptions,
): AsyncGenerator<BatchOf<Data>, void, undefined>;
export function prefetch<Data extends object>(
  dataset: Data,
  options: BatchOptions & PrefetchOptions,
  ...surplus: []
): AsyncGenerator<BatchOf<Data> | MixedBatchOf<Data>, void, undefined> {
  checkSurplus('prefetch', surplus);
  const names: OptionNames<BatchOptions & PrefetchOptions> = { ...batchOptions, ...prefetchOptions };
  const { ahead, worker, ...forBatches } = checkOptions('prefetch', options, names);
  checkArrays(dataset);
  const plan = planBatches(dataset, forBatches);
  checkAhead(ahead);
  return run();

  async function* run(): AsyncGenerator<BatchOf<Data>, void, undefined> {
    // Not before the first batch is asked for: a pass that nobody begins would never end its worker.
    const prefetcher = new Prefetcher(dataset, { ahead, worker });
    try {
      yield* prefetcher.passOf(plan);
    } finally {
      prefetcher.close();
    }
  }
}

function checkAhead(ahead = 3): void {
  if (Number.isSafeInteger(ahead) && ahead >= 1 && ahead <= 64) return;
  throw new ValueError({
    operation: 'prefetch',
    got: `ahead is ${ahead}`,
    wanted: 'a whole number from 1 to 64',
    remedy: 'Leave it out for 3 batches ahead',
  });
}

/** @throws ValueError unless it is a dataset in arrays: items are made by functions, which no other thread can call */
function checkArrays(dataset: object): void {
  checkSamples('prefetch', dataset);
  if (!hasItems(dataset)) return;
  throw new ValueError({
    operation: 'prefetch',
    got: 'a dataset of items',
    wanted: 'a dataset in arrays',
    remedy: 'Make arrays of the items once, with `collect`',
  });
}
