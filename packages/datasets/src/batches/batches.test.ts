import { Random, TapegradError } from '@tapegrad/core';
import fc from 'fast-check';
import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import type { ImageDataset } from '../dataset/dataset.ts';
import { firstSamples } from '../dataset/firstSamples.ts';
import { map } from '../dataset/map.ts';
import { normalisationOf } from '../dataset/normalisation.ts';
import { Prefetcher, prefetch } from '../prefetch/prefetcher.ts';
import { twoMoons } from '../toys/points.ts';
import { applyTransform } from '../transforms/apply.ts';
import { brightness } from '../transforms/colour/colour.ts';
import { normalise } from '../transforms/colour/normalise.ts';
import { compose } from '../transforms/compose.ts';
import { batches } from './batches.ts';
import { batchCount } from './plan.ts';

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

describe('batches of any arrays', () => {
  test('take float images as they are, less the mean and divided by the deviation', () => {
    const images = ndarray(Float64Array.of(-1, 0, 2, 300), [2, 1, 1, 2]);
    const [plain] = batches({ images }, { batchSize: 2 });
    expect([...plain.images.data]).toEqual([-1, 0, 2, 300]);
    const [scaled] = batches({ images }, { batchSize: 2, mean: [1], standardDeviation: 2 });
    expect([...scaled.images.data]).toEqual([-1, -0.5, 0.5, 149.5]);
  });

  test('keep labels beyond a byte, negative ones, targets, masks and arrays of any name, each in its own type', () => {
    const dataset = {
      images: ndarray(Uint8Array.of(0, 255, 51), [3, 1, 1, 1]),
      labels: ndarray(Int32Array.of(300, -100, 70_000), [3]),
      masks: ndarray(Uint8Array.of(1, 2, 3), [3, 1, 1]),
      targets: ndarray(Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6), [3, 2]),
      weight: ndarray(Float32Array.of(9, 8, 7), [3]),
      title: 'not an array',
    };
    const [batch] = batches(dataset, { batchSize: 2, indices: [2, 0] });
    expect(Object.keys(batch).sort()).toEqual(['images', 'indices', 'labels', 'masks', 'targets', 'weight']);
    expect([...batch.images.data]).toEqual([Math.fround(51 / 255), 0]);
    expect(batch.labels.data).toEqual(Int32Array.of(70_000, 300));
    expect(batch.masks.data).toEqual(Uint8Array.of(3, 1));
    expect(batch.masks.shape).toEqual([2, 1, 1]);
    expect(batch.targets.data).toEqual(Float64Array.of(0.5, 0.6, 0.1, 0.2));
    expect(batch.weight.data).toEqual(Float32Array.of(7, 9));
  });

  test('take points and curves', () => {
    const points = twoMoons({ count: 5 });
    const [batch] = batches(points, { batchSize: 5 });
    expect(batch.inputs.data).toEqual(points.inputs.data);
    expect(batch.labels.data).toEqual(points.labels.data);
  });

  test('are made of items, put together when they are asked for', () => {
    const asked: number[] = [];
    const squares = map([1, 2, 3, 4, 5], (x, index) => {
      asked.push(index);
      return { images: ndarray(Uint8Array.of(51 * x), [1, 1, 1]), labels: x + 1000, targets: [x, x * x], side: x };
    });
    const [first, second] = batches(squares, { batchSize: 2 });
    expect(asked).toEqual([0, 1, 2, 3]);
    expect([...second.images.data]).toEqual([3, 4].map((x) => Math.fround((51 * x) / 255)));
    expect(first.labels.data).toEqual(Int32Array.of(1001, 1002));
    expect([second.targets.shape, [...second.targets.data]]).toEqual([
      [2, 2],
      [3, 9, 4, 16],
    ]);
    expect([...second.side.data]).toEqual([3, 4]);
  });

  test('come in the order that is asked for, as often as it is', () => {
    const dataset = numbered(4);
    const seen = Array.from(batches(dataset, { batchSize: 2, indices: [3, 3, 0] }), ({ indices }) => [...indices]);
    expect(seen).toEqual([[3, 3], [0]]);
    expect(batchCount(dataset, { batchSize: 2, indices: [3, 3, 0] })).toBe(2);
    expect(() => batches(dataset, { batchSize: 2, indices: [4] })).toThrow('indices[0] is 4, with 4 samples');
  });

  test('refuse what is asked of images that are not there', () => {
    const random = new Random(1);
    const points = twoMoons({ count: 4 });
    const colours = compose(normalise({ mean: [0], standardDeviation: [1] }));
    expect(
      messagesOf({
        mean: () => batches(points, { batchSize: 2, mean: 1 }),
        transform: () => batches(points, { batchSize: 2, random, transform: colours }),
        'brightness after the mean': () =>
          batches(numbered(2), { batchSize: 2, random, mean: 0.5, transform: brightness({ by: 0.1 }) }),
        'brightness after normalise': () => compose(colours, brightness({ by: 0.1 })),
        'items that differ': () => [
          ...batches(
            map([1, 2], (x) => ({ inputs: new Float32Array(x) })),
            { batchSize: 2 },
          ),
        ],
        'items that are numbers': () => [...batches([1, 2], { batchSize: 2 })],
      }),
    ).toMatchInlineSnapshot(`
      {
        "brightness after normalise": "ValueError: compose: brightness of pixels that are normalised before; wanted pixels from 0 to 1. Leave out \`mean\` and \`standardDeviation\`, and let \`normalise\` be the last of the transforms.",
        "brightness after the mean": "ValueError: batches: brightness of pixels that are normalised before; wanted pixels from 0 to 1. Leave out \`mean\` and \`standardDeviation\`, and let \`normalise\` be the last of the transforms.",
        "items that are numbers": "ValueError: batches: the number 1 as item 0; wanted objects whose fields are numbers, lists or arrays of them. Bring the items to this form with \`map\`: \`map(dataset, (item) => ({ inputs: …, targets: … }))\`.",
        "items that differ": "ValueError: batches: inputs of shape [2] in item 1; wanted shape [1], as in item 0. Bring the items to this form with \`map\`: \`map(dataset, (item) => ({ inputs: …, targets: … }))\`.",
        "mean": "ValueError: batches: mean, for a dataset without images; wanted a dataset with \`images\`. Leave it out.",
        "transform": "ValueError: batches: transform, for a dataset without images; wanted a dataset with \`images\`. Leave it out.",
      }
    `);
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
    'images without channels': { ...dataset, images: ndarray(new Uint8Array(8), [2, 2, 2]) },
    'images longer than their numbers': { ...dataset, images: ndarray(new Uint8Array(7), [2, 1, 2, 2]) },
    'images that begin before them': { ...dataset, images: ndarray(new Uint8Array(8), [2, 1, 2, 2], [-4, 4, 2, 1], 0) },
    'a list as images': { ...dataset, images: [[[[1]]]] },
    'broken labels': { ...dataset, labels: ndarray(Float32Array.of(0.5, 1), [2]) },
    'fewer labels than images': { ...dataset, labels: ndarray(Uint8Array.of(1), [1]) },
    'one-hot labels': { ...dataset, labels: ndarray(new Uint8Array(4), [2, 2]) },
    'a list as labels': { ...dataset, labels: [0, 1] },
    'images in a plain list': { ...dataset, images: ndarray([0, 1, 2, 3, 4, 5, 6, 7], [2, 1, 2, 2]) },
    'masks of another size': { ...dataset, masks: ndarray(new Uint8Array(6), [2, 1, 3]) },
    'nothing in arrays': { name: 'empty' },
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
        "a list as images": "ValueError: batches: a list of 1 as images; wanted an ndarray with one row for each sample. Make them with \`ndarray\` of \`tapegrad/ndarray\`: \`ndarray(numbers, shape)\`.",
        "a list as labels": "ValueError: batches: a list of 2 as labels; wanted an ndarray with one row for each sample. Make them with \`ndarray\` of \`tapegrad/ndarray\`: \`ndarray(numbers, shape)\`.",
        "broken labels": "ValueError: batches: labels[0] is 0.5; wanted whole numbers, the numbers of the classes. Call them \`targets\` where they are no numbers of classes.",
        "fewer labels than images": "ValueError: batches: images of shape [2, 1, 2, 2], and labels of shape [1]; wanted as many rows in all arrays. Check that they are of the same part of the dataset.",
        "images in a plain list": "ValueError: batches: images in a list of 8; wanted numbers in a typed array. Give a Float32Array, or a Uint8Array of bytes.",
        "images longer than their numbers": "ValueError: batches: images of shape [2, 1, 2, 2] in 7 numbers; wanted 8 numbers or more. Give the shape that the numbers have.",
        "images that begin before them": "ValueError: batches: images of shape [2, 1, 2, 2] in 8 numbers; wanted 8 numbers or more. Give the shape that the numbers have.",
        "images without channels": "ValueError: batches: images of shape [2, 2, 2]; wanted shape [count, channels, height, width]. Reshape them.",
        "masks of another size": "ValueError: batches: masks of shape [2, 1, 3], with images of shape [2, 1, 2, 2]; wanted shape [count, height, width] or [count, channels, height, width], of the size of the images. Make them of that size.",
        "nothing": "DataTypeError: batches: samples is undefined; wanted a dataset: arrays with a row for each sample, or a list of items. Give \`{ images, labels }\`, a list, or what \`builtInDigits\`, \`twoMoons\` and their like return.",
        "nothing in arrays": "ValueError: batches: an object without arrays; wanted a dataset: \`images\` and \`labels\`, for example. Make them with \`ndarray\` of \`tapegrad/ndarray\`: \`ndarray(numbers, shape)\`.",
        "one-hot labels": "ValueError: batches: labels of shape [2, 2]; wanted shape [count]. Call them \`targets\` where they are no numbers of classes.",
      }
    `);
  });

  test.each(Object.keys(users))('are refused by %s', (name) => {
    for (const data of Object.values(wrong)) expect(() => users[name](data as ImageDataset)).toThrow(TapegradError);
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
          applyTransform(ndarray(new Float32Array(4), [1, 1, 2, 2]), { kind: 'twist' } as never, { random }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "an unknown kind": "ValueError: applyTransform: a transform of the kind 'twist'; wanted a transform as data: \`shift\`, \`horizontalFlip\`, \`brightness\` and their like, or \`compose\` of them. Make one of your own with \`ownTransform\`.",
        "batches": "ValueError: batches: a function as transform; wanted a transform as data: \`shift\`, \`horizontalFlip\`, \`brightness\` and their like, or \`compose\` of them. Make one of your own with \`ownTransform\`.",
        "compose": "ValueError: compose: a function as transform; wanted a transform as data: \`shift\`, \`horizontalFlip\`, \`brightness\` and their like, or \`compose\` of them. Make one of your own with \`ownTransform\`.",
        "prefetch": "ValueError: batches: a function as transform; wanted a transform as data: \`shift\`, \`horizontalFlip\`, \`brightness\` and their like, or \`compose\` of them. Make one of your own with \`ownTransform\`.",
        "within one": "ValueError: batches: a function as transform; wanted a transform as data: \`shift\`, \`horizontalFlip\`, \`brightness\` and their like, or \`compose\` of them. Make one of your own with \`ownTransform\`.",
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
