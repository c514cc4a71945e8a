import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onWarning, Random } from '@tapegrad/core';
import ndarray from 'ndarray';
import { describe, expect, onTestFinished, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { batches } from '../batches/batches.ts';
import type { BatchOptions } from '../batches/options.ts';
import { map } from '../dataset/map.ts';
import { compose } from '../transforms/compose.ts';
import { horizontalFlip } from '../transforms/cut/flip.ts';
import { randomCrop } from '../transforms/cut/randomCrop.ts';
import { cutMix } from '../transforms/mix/mix.ts';
import { type Own, ownTransform } from '../transforms/own.ts';
import { Prefetcher, prefetch } from './prefetcher.ts';

const url = (path: string): URL => pathToFileURL(join(import.meta.dirname, '../..', path));
/** The module of a user, on the built package. */
const ownWorker = url('test/workers/ownTransforms.mjs');
const plainWorker = url('dist/worker.js');

/** Written twice, here and in the module of the worker, as a bundler would have it once. */
const solarise = ownTransform({
  name: 'solarise',
  change: ({ image, mask, random }, { above }: { readonly above: number }) => {
    const shift = random.uniform();
    for (let at = image.offset; at < image.offset + image.size; at++) {
      if (image.data[at] > above) image.data[at] = shift - image.data[at];
    }
    if (mask) mask.data[mask.offset] = 7;
  },
});

const random = new Random(9);
const count = 30;
const dataset = {
  images: ndarray(
    Float32Array.from({ length: count * 48 }, () => random.uniform()),
    [count, 3, 4, 4],
  ),
  labels: ndarray(
    Uint16Array.from({ length: count }, (_, index) => index * 300),
    [count],
  ),
  masks: ndarray(
    Uint8Array.from({ length: count * 16 }, () => random.integer(4)),
    [count, 4, 4],
  ),
  targets: ndarray(
    Float64Array.from({ length: count * 2 }, () => random.normal()),
    [count, 2],
  ),
};
const options = (): BatchOptions => ({
  batchSize: 7,
  random: new Random(4),
  transform: compose(horizontalFlip(), solarise({ above: 0.5 }), randomCrop({ padding: 1, maskBeyond: 255 })),
});

/** The warnings of a test. */
function hearWarnings(): string[] {
  const heard: string[] = [];
  onTestFinished(onWarning(({ code, message }) => heard.push(`${code}: ${message}`)));
  return heard;
}

describe("a transform of one's own", () => {
  test("changes image and mask, with its options and the batch's chance", () => {
    const [first] = batches(dataset, { batchSize: 2, random: new Random(1), transform: solarise({ above: -1 }) });
    const [again] = batches(dataset, { batchSize: 2, random: new Random(1), transform: solarise({ above: -1 }) });
    expect(first.images.data).toEqual(again.images.data);
    const index = first.indices[1];
    const sums = [0, 1, 2].map((x) => first.images.get(1, 2, 1, x) + dataset.images.get(index, 2, 1, x));
    expect(sums[1]).toBeCloseTo(sums[0], 6);
    expect(sums[2]).toBeCloseTo(sums[0], 6);
    expect([first.masks.get(0, 0, 0), first.masks.get(1, 0, 0)]).toEqual([7, 7]);
    const [kept] = batches(dataset, { batchSize: count, random: new Random(1), transform: solarise({ above: 2 }) });
    expect([...kept.images.data].sort()).toEqual([...dataset.images.data].sort());
  });

  test('is made in a worker that knows it, to the same bits, with masks, targets and wide labels', async () => {
    const heard = hearWarnings();
    const here = [...batches(dataset, options())];
    using prefetcher = new Prefetcher(dataset, { worker: ownWorker });
    // The worker has to be there for the first batch to come from it.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const there = [];
    for await (const batch of prefetcher.batches(options())) there.push(batch);
    expect(there).toHaveLength(here.length);
    for (const [at, batch] of there.entries()) {
      expect(batch.images.data).toEqual(here[at].images.data);
      expect(batch.labels.data).toEqual(here[at].labels.data);
      expect(batch.masks.data).toEqual(here[at].masks.data);
      expect(batch.targets.data).toEqual(here[at].targets.data);
    }
    expect(heard).toEqual([]);
  });

  test('that a worker does not know is made here, to the same bits', async () => {
    const here = [...batches(dataset, options())];
    const there = [];
    for await (const batch of prefetch(dataset, { ...options(), worker: plainWorker })) there.push(batch);
    expect(there.map(({ images }) => images.data)).toEqual(here.map(({ images }) => images.data));
  });

  test('refuses to do nothing where nobody knows what it does', () => {
    const copy: Own = structuredClone({ ...solarise({ above: 1 }) });
    expect(
      messagesOf({
        unknown: () => [...batches(dataset, { batchSize: 1, random: new Random(1), transform: copy })],
        'no function': () => ownTransform({ name: 'x', change: 1 as never }),
        'no name': () => ownTransform({ name: 1 as never, change: () => undefined }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "no function": "DataTypeError: ownTransform: change is the number 1; wanted a function. Give a function of a sample and the options.",
        "no name": "ValueError: ownTransform: name is the number 1; wanted a text. Give the name of the transform.",
        "unknown": "ValueError: solarise: a transform that this thread does not know; wanted one that was handed to \`servePrefetch\`. Write servePrefetch({ transforms: [solarise] }) in the module of the worker, and pass that to the Prefetcher.",
      }
    `);
  });
});

test('mixes are made in a worker to the same bits', async () => {
  const { targets, ...labelled } = dataset;
  const mixing = () => ({ batchSize: 7, random: new Random(3), mix: cutMix({ classes: 300 * count }) });
  const here = [...batches(labelled, mixing())];
  using prefetcher = new Prefetcher(labelled, { worker: plainWorker });
  await new Promise((resolve) => setTimeout(resolve, 500));
  let at = 0;
  for await (const batch of prefetcher.batches(mixing())) {
    expect(batch.images.data).toEqual(here[at].images.data);
    expect(batch.targets.data).toEqual(here[at++].targets.data);
  }
  expect([at, targets.shape[0]]).toEqual([here.length, count]);
});

test('items are refused, for no other thread can make them', () => {
  expect(() => new Prefetcher(map([1], (x) => ({ inputs: [x] })))).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: prefetch: a dataset of items; wanted a dataset in arrays. Make arrays of the items once, with \`collect\`.]`,
  );
});
