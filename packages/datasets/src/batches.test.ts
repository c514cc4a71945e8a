import { Random } from '@tapegrad/core';
import fc from 'fast-check';
import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { batchCount, batches } from './batches.ts';
import { firstSamples, type ImageDataset } from './dataset.ts';

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
