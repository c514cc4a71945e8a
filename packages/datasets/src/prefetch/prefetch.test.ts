import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onWarning, Random } from '@tapegrad/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Batch } from '../batches/batch.ts';
import { batches } from '../batches/batches.ts';
import type { BatchOptions } from '../batches/options.ts';
import { firstSamples } from '../dataset/firstSamples.ts';
import { builtInDigits } from '../digits/digits.ts';
import type { PlatformWorker as WebWorker } from '../platform.ts';
import { normalise } from '../transforms/colour/normalise.ts';
import { compose } from '../transforms/compose.ts';
import { elastic } from '../transforms/move/elastic.ts';
import { rotate } from '../transforms/move/rotate.ts';
import { shift } from '../transforms/move/shift.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { Prefetcher, prefetch } from './prefetcher.ts';
import { answerer } from './serve.ts';

/** The built worker: Node cannot start one from the sources. `pnpm test` builds before it tests. */
const path = join(import.meta.dirname, '../../dist/worker.js');
const worker = pathToFileURL(path);
const { train } = builtInDigits({ train: 60, test: 1 });
const options = (): BatchOptions => ({
  batchSize: 16,
  random: new Random(4),
  mean: 0.1,
  transform: compose(shift({ pixels: 2 }), rotate({ degrees: 15 }), elastic()),
});
const bitsOf = ({ images, labels, indices }: Batch) => [
  new Uint32Array(images.data.slice().buffer),
  [...labels.data],
  [...indices],
  images.shape,
];
const here = [...batches(train, options())].map(bitsOf);

/** The warnings of a test. */
function hearWarnings(): string[] {
  const heard: string[] = [];
  onTestFinished(onWarning(({ code, message }) => heard.push(`${code}: ${message}`)));
  return heard;
}
async function collect(given: AsyncIterable<Batch>) {
  const all = [];
  for await (const batch of given) all.push(bitsOf(batch));
  return all;
}
/** A worker of the web in this very thread, whose answers come later, each after `wait`. */
function fakeWorker(
  wait: (message: FromWorker) => number = () => 0,
): WebWorker & { asked: ToWorker[]; isEnded: boolean } {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const fake = {
    asked: [] as ToWorker[],
    isEnded: false,
    onmessage: null as WebWorker['onmessage'],
    onerror: null as WebWorker['onerror'],
    onmessageerror: null as WebWorker['onmessageerror'],
    postMessage(message: ToWorker) {
      fake.asked.push(structuredClone(message));
      answer(structuredClone(message));
    },
    terminate() {
      fake.isEnded = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
  const answer = answerer((message) => {
    const event = new MessageEvent('message', { data: message });
    timers.add(setTimeout(() => fake.onmessage?.call(fake as WebWorker as Worker, event), wait(message)));
  });
  return fake;
}

test('the worker was built (run `npx pnpm build` where it was not)', () => {
  expect(existsSync(path)).toBe(true);
});

describe('Prefetcher', () => {
  test('gives the very bits of batches, in their order, from a thread, in pass after pass', async () => {
    const heard = hearWarnings();
    using prefetcher = new Prefetcher(train, { worker });
    for (let pass = 0; pass < 3; pass++) {
      const all = [];
      for await (const batch of prefetcher.batches(options())) {
        all.push(bitsOf(batch));
        // Long enough for the thread to have started before the second pass.
        await new Promise((resolve) => setTimeout(resolve, pass === 0 ? 150 : 0));
      }
      expect(all).toEqual(here);
    }
    expect(heard).toEqual([]);
  });

  test('asks the worker, ahead and no further than it should, and uses its answers', async () => {
    const fake = fakeWorker();
    using prefetcher = new Prefetcher(train, { worker: () => fake, ahead: 2 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const pass = prefetcher.batches({ ...options(), batchSize: 5 });
    const asked = () => fake.asked.filter(({ kind }) => kind === 'batch').length;
    await pass.next();
    expect(asked()).toBe(3);
    await pass.next();
    expect(asked()).toBe(4);
    await pass.return();
    expect(await collect(prefetcher.batches(options()))).toEqual(here);
    expect(fake.asked.filter(({ kind }) => kind === 'dataset')).toHaveLength(1);
  });

  test('keeps the order when answers come in another one', async () => {
    const random = new Random(9);
    const fake = fakeWorker((message) => (message.kind === 'batch' ? random.integer(30) : 0));
    using prefetcher = new Prefetcher(train, { worker: () => fake });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await collect(prefetcher.batches(options()))).toEqual(here);
  });

  test('draws the same from random, and skips the same, as batches do', async () => {
    using prefetcher = new Prefetcher(train, { worker: () => fakeWorker() });
    const [one, other] = [options(), options()];
    expect(await collect(prefetcher.batches({ ...one, skip: 2 }))).toEqual(here.slice(2));
    Array.from(batches(train, other));
    expect(one.random?.state).toEqual(other.random?.state);
  });

  test('takes a part of a dataset, and images of any strides', async () => {
    const part = firstSamples(train, 20);
    const turned = { ...part, images: part.images.transpose(0, 1, 3, 2) };
    using prefetcher = new Prefetcher(turned, { worker });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await collect(prefetcher.batches(options()))).toEqual([...batches(turned, options())].map(bitsOf));
  });

  test('a new pass ends the one before it', async () => {
    using prefetcher = new Prefetcher(train, { worker: () => fakeWorker() });
    const first = prefetcher.batches(options());
    await first.next();
    expect(await collect(prefetcher.batches(options()))).toEqual(here);
    expect((await first.next()).done).toBe(true);
  });

  test('goes on in place after it was closed', async () => {
    const fake = fakeWorker();
    const prefetcher = new Prefetcher(train, { worker: () => fake });
    prefetcher.close();
    expect(fake.isEnded).toBe(true);
    expect(await collect(prefetcher.batches(options()))).toEqual(here);
  });
});

describe('without a worker, batches are made in place, and a warning says why', () => {
  test.each<[string, ConstructorParameters<typeof Prefetcher>[1], string]>([
    ['a module that is not there', { worker: new URL('./nowhere.js', import.meta.url) }, 'Cannot find module'],
    [
      'a worker that cannot be made',
      {
        worker: () => {
          throw new Error('forbidden by the page');
        },
      },
      'forbidden by the page',
    ],
    ['a module with a mistake', { worker: new URL('data:text/javascript,throw new Error("a mistake")') }, 'a mistake'],
    ['a module that ends', { worker: new URL('data:text/javascript,process.exit(0)') }, 'it has ended'],
  ])('%s', async (_, given, reason) => {
    const heard = hearWarnings();
    using prefetcher = new Prefetcher(train, given);
    expect(await collect(prefetcher.batches(options()))).toEqual(here);
    await expect.poll(() => heard.length, { timeout: 5000 }).toBe(1);
    expect(heard[0]).toContain('PREFETCH_FALLBACK: no worker makes batches ahead');
    expect(heard[0]).toContain(reason);
    expect(await collect(prefetcher.batches(options()))).toEqual(here);
  });

  test('one that fails in the middle of a pass', async () => {
    const heard = hearWarnings();
    const fake = fakeWorker((message) => (message.kind === 'ready' ? 0 : 1e6));
    using prefetcher = new Prefetcher(train, { worker: () => fake });
    await new Promise((resolve) => setTimeout(resolve, 5));
    setTimeout(() => fake.onmessageerror?.call(fake as WebWorker as Worker, new MessageEvent('messageerror')), 20);
    expect(await collect(prefetcher.batches(options()))).toEqual(here);
    expect(heard[0]).toContain('a message was lost');
    expect(fake.isEnded).toBe(true);
  });
});

describe('prefetch', () => {
  test('is one pass, whose worker ends with it, by a break and by an error too', async () => {
    const fakes: ReturnType<typeof fakeWorker>[] = [];
    const make = () => {
      fakes.push(fakeWorker());
      return fakes[fakes.length - 1];
    };
    expect(await collect(prefetch(train, { ...options(), worker: make }))).toEqual(here);
    for await (const _ of prefetch(train, { ...options(), worker: make })) break;
    const failing = async () => {
      for await (const _ of prefetch(train, { ...options(), worker: make })) throw new Error('in the step');
    };
    await expect(failing()).rejects.toThrow('in the step');
    expect(fakes.map(({ isEnded }) => isEnded)).toEqual([true, true, true]);
    prefetch(train, { ...options(), worker: make });
    expect(fakes).toHaveLength(3);
  });

  test('refuses wrong options at once, and tells what a transform refuses as batches do', async () => {
    expect(() => prefetch(train, { batchSize: 0 })).toThrow('batchSize is 0');
    expect(() => prefetch(train, { batchSize: 1, ahead: 0 })).toThrow('ahead is 0; wanted a whole number from 1 to 64');
    const transform = normalise({ mean: [0, 0], standardDeviation: [1, 1] });
    const wrong = prefetch(train, { batchSize: 4, random: new Random(1), transform, worker });
    await expect(collect(wrong)).rejects.toMatchObject({ code: 'SHAPE' });
  });
});
