import { Random, ValueError } from '@tapegrad/core';
import fc from 'fast-check';
import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import type { ImageDataset } from '../dataset/dataset.ts';
import { firstSamples } from '../dataset/firstSamples.ts';
import { normalisationOf } from '../dataset/normalisation.ts';
import { Prefetcher, prefetch } from '../prefetch/prefetcher.ts';
import { twoMoons } from '../toys/points.ts';
import { applyTransform } from '../transforms/apply.ts';
import { compose } from '../transforms/transform.ts';
import { batchCount, batches } from './batches.ts';

/** Tiny images whose pixels all differ: pixel p of sample s is 4s + p, with the label s. */
function numbered(count: number): ImageDataset {
  return {
    name: 'numbered',
    images: ndarray(
      Uint8Array.from({ length: count * 4 }, (_, index) => index),
      [count, 1, 2, 2],
    ),
    labels: ndarray(
      Uint8Array.from({ length: count }, (_, index) => index),
      [count],
    ),
    classes: [],
  };
}

const sizes = fc.record({ count: fc.integer({ min: 0, max: 60 }), batchSize: fc.integer({ min: 1, max: 70 }) });

describe('batches', () => {
  test('bring every sample exactly once, with its own image and label', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ count, batchSize }, seed) => {
        const seen: number[] = [];
        for (const { images, labels, indices } of batches(numbered(count), { batchSize, random: new Random(seed) })) {
          expect(images.shape).toEqual([indices.length, 1, 2, 2]);
          expect(labels.shape).toEqual([indices.length]);
          indices.forEach((index, position) => {
            expect(labels.get(position)).toBe(index);
            expect(images.get(position, 0, 1, 1)).toBe(Math.fround((4 * index + 3) / 255));
          });
          seen.push(...indices);
        }
        expect(seen.sort((one, other) => one - other)).toEqual([...new Array(count).keys()]);
      }),
    );
  });

  test('are full but for the last, which is kept or dropped', () => {
    fc.assert(
      fc.property(sizes, fc.boolean(), ({ count, batchSize }, dropLast) => {
        const lengths = Array.from(batches(numbered(count), { batchSize, dropLast }), ({ indices }) => indices.length);
        expect(lengths).toHaveLength(batchCount(numbered(count), { batchSize, dropLast }));
        expect(lengths.slice(0, -1).every((length) => length === batchSize)).toBe(true);
        const rest = dropLast ? count % batchSize : 0;
        expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(count - rest);
      }),
    );
  });

  test('come in the order of the dataset without random', () => {
    const order = Array.from(batches(numbered(5), { batchSize: 2 }), ({ indices }) => [...indices]);
    expect(order).toEqual([[0, 1], [2, 3], [4]]);
  });

  test('come in the same order from the same seed, and in another from the next pass', () => {
    const pass = (random: Random) =>
      Array.from(batches(numbered(20), { batchSize: 8, random }), ({ indices }) => [...indices]);
    const random = new Random(5);
    const first = pass(random);
    expect(pass(new Random(5))).toEqual(first);
    expect(pass(random)).not.toEqual(first);
  });

  test('draw their order when they are asked for, not when the first batch is', () => {
    const random = new Random(1);
    const before = random.state;
    batches(numbered(5), { batchSize: 2, random });
    expect(random.state).not.toEqual(before);
  });

  test('take off the mean and divide by the standard deviation', () => {
    const [batch] = batches(numbered(1), { batchSize: 1, mean: 0.5, standardDeviation: 0.25 });
    const wanted = [0, 1, 2, 3].map((pixel) => Math.fround((pixel / 255 - 0.5) / 0.25));
    expect([...batch.images.data]).toEqual(wanted);
  });

  test('have memory of their own', () => {
    const [first, second] = batches(numbered(4), { batchSize: 2 });
    const kept = [...first.images.data];
    second.images.data.fill(9);
    expect([...first.images.data]).toEqual(kept);
    expect(first.images.data.buffer).not.toBe(second.images.data.buffer);
  });

  test('read images of any stride and any number of channels', () => {
    // Channels last, as in many pictures: [count, height, width, channels] seen as [count, channels, height, width].
    const pixels = Uint8Array.from({ length: 2 * 2 * 3 * 2 }, (_, index) => index);
    const images = ndarray(pixels, [2, 2, 3, 2]).transpose(0, 3, 1, 2);
    const [batch] = batches({ ...numbered(2), images }, { batchSize: 2 });
    expect(batch.images.shape).toEqual([2, 2, 2, 3]);
    expect(batch.images.get(1, 1, 0, 2)).toBe(Math.fround(images.get(1, 1, 0, 2) / 255));
    expect(batch.images.get(0, 0, 1, 0)).toBe(Math.fround(6 / 255));
  });

  test('of a part of a dataset bring that part only', () => {
    const seen = Array.from(batches(firstSamples(numbered(9), 3), { batchSize: 2 }), ({ labels }) => [...labels.data]);
    expect(seen).toEqual([[0, 1], [2]]);
  });
});

describe('batches refuse', () => {
  test.each([0, -1, 1.5, Number.NaN])('a batchSize of %s, at once', (batchSize) => {
    expect(() => batches(numbered(3), { batchSize })).toThrow(`batches: batchSize is ${batchSize}; wanted a whole`);
  });

  test('a batchSize of 0, in full', () => {
    expect(() => batches(numbered(3), { batchSize: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: batches: batchSize is 0; wanted a whole number of at least 1. Pass a batchSize such as 64.]`,
    );
  });

  test('a standardDeviation of 0', () => {
    expect(() => batches(numbered(3), { batchSize: 1, standardDeviation: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: batches: mean is 0, standardDeviation is 0; wanted finite numbers, and a standardDeviation above 0. Leave both out to have pixels from 0 to 1.]`,
    );
  });
});

describe('datasets that are none', () => {
  const dataset = numbered(2);
  const wrong: Readonly<Record<string, unknown>> = {
    'float images': { ...dataset, images: ndarray(new Float32Array(8).fill(0.5), [2, 1, 2, 2]) },
    'images in 16 bits': { ...dataset, images: ndarray(new Uint16Array(8), [2, 1, 2, 2]) },
    'images without channels': { ...dataset, images: ndarray(new Uint8Array(8), [2, 2, 2]) },
    'images longer than their numbers': { ...dataset, images: ndarray(new Uint8Array(7), [2, 1, 2, 2]) },
    'images that begin before them': { ...dataset, images: ndarray(new Uint8Array(8), [2, 1, 2, 2], [-4, 4, 2, 1], 0) },
    'a list as images': { ...dataset, images: [[[[1]]]] },
    'labels beyond a byte': { ...dataset, labels: ndarray(Uint16Array.of(300, 301), [2]) },
    'negative labels': { ...dataset, labels: ndarray(Int8Array.of(0, -1), [2]) },
    'broken labels': { ...dataset, labels: ndarray(Float32Array.of(0.5, 1), [2]) },
    'fewer labels than images': { ...dataset, labels: ndarray(Uint8Array.of(1), [1]) },
    'one-hot labels': { ...dataset, labels: ndarray(new Uint8Array(4), [2, 2]) },
    'a list as labels': { ...dataset, labels: [0, 1] },
    'a toy set': twoMoons({ count: 4 }),
    nothing: undefined,
  };
  const users: Readonly<Record<string, (data: ImageDataset) => unknown>> = {
    batches: (data) => batches(data, { batchSize: 2 }),
    batchCount: (data) => batchCount(data, { batchSize: 2 }),
    take: (data) => firstSamples(data, 1),
    normalisationOf,
    prefetch: (data) => prefetch(data, { batchSize: 2 }),
    Prefetcher: (data) => new Prefetcher(data),
  };

  test('are refused with a word about what is wrong', () => {
    const calls = Object.entries(wrong).map(
      ([name, data]) => [name, () => users.batches(data as ImageDataset)] as const,
    );
    expect(messagesOf(Object.fromEntries(calls))).toMatchInlineSnapshot(`
      {
        "a list as images": "ValueError: batches: a list as images; wanted a dataset of labelled images. Make them with \`ndarray\`, as the datasets of this package do.",
        "a list as labels": "ValueError: batches: a list as labels; wanted an ndarray of shape [count]. Make them with \`ndarray\`, as the datasets of this package do.",
        "a toy set": "ValueError: batches: the points of twoMoons, without images; wanted a dataset of labelled images. They are few: put all on the tape at once, \`tape.constant(points.inputs)\`.",
        "broken labels": "ValueError: batches: labels[0] is 0.5; wanted whole numbers from 0 to 255, the numbers of the classes. Number the classes from 0, and keep what they are called in \`classes\`.",
        "fewer labels than images": "ValueError: batches: 2 images, and labels of shape [1]; wanted one label for each image. Check that images and labels are of the same part of the dataset.",
        "float images": "ValueError: batches: images in a Float32Array; wanted pixels from 0 to 255 in a Uint8Array. Round them to bytes, \`Uint8Array.from(pixels, (x) => Math.round(255 * x))\` where they are from 0 to 1.",
        "images in 16 bits": "ValueError: batches: images in a Uint16Array; wanted pixels from 0 to 255 in a Uint8Array. Round them to bytes, \`Uint8Array.from(pixels, (x) => Math.round(255 * x))\` where they are from 0 to 1.",
        "images longer than their numbers": "ValueError: batches: images of shape [2, 1, 2, 2] in 7 numbers; wanted 8 numbers or more. Give the shape that the numbers have.",
        "images that begin before them": "ValueError: batches: images of shape [2, 1, 2, 2] in 8 numbers; wanted 8 numbers or more. Give the shape that the numbers have.",
        "images without channels": "ValueError: batches: images of shape [2, 2, 2]; wanted shape [count, channels, height, width]. Reshape them.",
        "labels beyond a byte": "ValueError: batches: labels[0] is 300; wanted whole numbers from 0 to 255, the numbers of the classes. Number the classes from 0, and keep what they are called in \`classes\`.",
        "negative labels": "ValueError: batches: labels[1] is -1; wanted whole numbers from 0 to 255, the numbers of the classes. Number the classes from 0, and keep what they are called in \`classes\`.",
        "nothing": "ValueError: batches: nothing as images; wanted a dataset of labelled images. Make them with \`ndarray\`, as the datasets of this package do.",
        "one-hot labels": "ValueError: batches: 2 images, and labels of shape [2, 2]; wanted one label for each image. Check that images and labels are of the same part of the dataset.",
      }
    `);
  });

  test.each(Object.keys(users))('are refused by %s', (name) => {
    for (const data of Object.values(wrong)) expect(() => users[name](data as ImageDataset)).toThrow(ValueError);
  });

  test('labels of another type that are whole and small enough are taken', () => {
    const [batch] = batches({ ...dataset, labels: ndarray(Int32Array.of(7, 255), [2]) as never }, { batchSize: 2 });
    expect([...batch.labels.data]).toEqual([7, 255]);
  });

  test('nor is a function a transform', () => {
    const transform = ((images: unknown) => images) as never;
    const random = new Random(1);
    expect(
      messagesOf({
        batches: () => batches(dataset, { batchSize: 2, random, transform }),
        prefetch: () => prefetch(dataset, { batchSize: 2, random, transform }),
        compose: () => compose(transform),
        'within one': () =>
          batches(dataset, { batchSize: 2, random, transform: { kind: 'compose', transforms: [transform] } }),
        'an unknown kind': () =>
          applyTransform(ndarray(new Float32Array(4), [1, 1, 2, 2]), { kind: 'flip' } as never, { random }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "an unknown kind": "ValueError: applyTransform: a transform of the kind 'flip'; wanted a transform as data: \`shift\`, \`rotate\`, \`elastic\`, \`normalise\` or \`compose\` of them. Change \`images\` of each batch in the loop where none of these will do.",
        "batches": "ValueError: batches: a function as transform; wanted a transform as data: \`shift\`, \`rotate\`, \`elastic\`, \`normalise\` or \`compose\` of them. Change \`images\` of each batch in the loop where none of these will do.",
        "compose": "ValueError: compose: a function as transform; wanted a transform as data: \`shift\`, \`rotate\`, \`elastic\`, \`normalise\` or \`compose\` of them. Change \`images\` of each batch in the loop where none of these will do.",
        "prefetch": "ValueError: batches: a function as transform; wanted a transform as data: \`shift\`, \`rotate\`, \`elastic\`, \`normalise\` or \`compose\` of them. Change \`images\` of each batch in the loop where none of these will do.",
        "within one": "ValueError: batches: a function as transform; wanted a transform as data: \`shift\`, \`rotate\`, \`elastic\`, \`normalise\` or \`compose\` of them. Change \`images\` of each batch in the loop where none of these will do.",
      }
    `);
  });
});

describe('skip', () => {
  const dataset = numbered(10);

  test.each([0, 1, 3, 4, 9])('leaves out the first %i batches, and changes nothing else', (skip) => {
    const all = [...batches(dataset, { batchSize: 3, random: new Random(5) })];
    const [left, after] = [new Random(5), new Random(5)];
    const rest = [...batches(dataset, { batchSize: 3, random: left, skip })];
    expect(rest.map(({ indices }) => [...indices])).toEqual(all.slice(skip).map(({ indices }) => [...indices]));
    after.permutation(10);
    expect(left.state).toEqual(after.state);
  });

  test.each([-1, 0.5, Number.NaN])('of %d is an error', (skip) => {
    expect(() => batches(dataset, { batchSize: 3, skip })).toThrow(`skip is ${skip}`);
  });
});
