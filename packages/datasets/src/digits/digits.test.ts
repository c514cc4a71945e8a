import { Random } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import type { ImageDataset } from '../dataset/dataset.ts';
import { firstSamples } from '../dataset/firstSamples.ts';
import { sha256 } from '../formats/checksum.ts';
import { builtInDigits, drawDigits } from './digits.ts';

/** Whether two datasets begin with the same picture, pixel by pixel, and go on so. */
function same(one: Pick<ImageDataset, 'images'>, other: Pick<ImageDataset, 'images'>): boolean {
  const length = Math.min(one.images.size, other.images.size);
  return one.images.data.subarray(0, length).every((pixel, index) => pixel === other.images.data[index]);
}

describe('drawDigits', () => {
  test('has the shapes of MNIST, and each digit as often as the others', () => {
    const { images, labels, classes } = drawDigits({ count: 200 });
    expect(images.shape).toEqual([200, 1, 28, 28]);
    expect(labels.shape).toEqual([200]);
    expect(classes).toHaveLength(10);
    for (let digit = 0; digit < 10; digit++) {
      expect(labels.data.filter((label) => label === digit)).toHaveLength(20);
    }
    expect([...labels.data.subarray(0, 20)]).not.toEqual([...new Array(20).keys()].map((index) => index % 10));
  });

  test('draws the same pixels from the same seed, on every machine', async () => {
    const { images, labels } = drawDigits({ count: 100, seed: 1 });
    expect(same(drawDigits({ count: 100, random: new Random(1) }), { images })).toBe(true);
    expect(same(drawDigits({ count: 100, seed: 2 }), { images })).toBe(false);
    // A change of these two changes what everybody trains on who has no MNIST: it belongs in the changelog.
    expect(await sha256(images.data)).toMatchInlineSnapshot(
      `"4cfe8ac0f65668ef2000b5a2f9c9fa8a89830b88bcbb4ab3347f98469064d2d0"`,
    );
    expect(await sha256(labels.data)).toMatchInlineSnapshot(
      `"9b51c00de99a0090b09a1465a195f53283bea82abac7e2aad21552b0669579bd"`,
    );
  });

  test('draws white on black, as much ink as MNIST has, clear of the edge', () => {
    const { images } = drawDigits({ count: 500 });
    const mean = images.data.reduce((sum, pixel) => sum + pixel, 0) / images.data.length / 255;
    expect(mean).toBeGreaterThan(0.11);
    expect(mean).toBeLessThan(0.16);
    for (let index = 0; index < 500; index++) {
      const picture = images.data.subarray(index * 784, (index + 1) * 784);
      expect(Math.max(...picture)).toBeGreaterThan(180);
      const edges = picture.filter((_, pixel) => pixel < 28 || pixel >= 756 || pixel % 28 === 0 || pixel % 28 === 27);
      expect(Math.max(...edges)).toBeLessThan(40);
    }
  });

  test('can draw none', () => {
    expect(drawDigits({ count: 0 }).images.shape).toEqual([0, 1, 28, 28]);
  });

  test('refuses a count that is none', () => {
    expect(() => drawDigits({ count: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: drawDigits: count is -1; wanted a whole number of at least 0. Pass a count such as 1000.]`,
    );
  });
});

describe('builtInDigits', () => {
  const digits = builtInDigits({ seed: 3, train: 30, test: 20 });

  test('says plainly what it is', () => {
    expect(digits.builtIn).toBe(true);
    expect(digits.origin).toMatchInlineSnapshot(
      `"Digits drawn by tapegrad itself, not MNIST: 30 to learn from and 20 to be tested on, seed 3."`,
    );
  });

  test('draws both halves apart from each other', () => {
    expect(digits.train.images.shape[0]).toBe(30);
    expect(digits.test.images.shape[0]).toBe(20);
    expect(same(digits.test, firstSamples(digits.train, 20))).toBe(false);
    expect(same(builtInDigits({ seed: 3, train: 10, test: 20 }).test, digits.test)).toBe(true);
  });

  test('can be learned, but not by one look: the nearest training digit is right for most', () => {
    const { train, test: held } = builtInDigits({ train: 1500, test: 100 });
    let right = 0;
    for (let sample = 0; sample < 100; sample++) {
      let [nearest, least] = [0, Number.POSITIVE_INFINITY];
      for (let candidate = 0; candidate < 1500; candidate++) {
        let distance = 0;
        for (let pixel = 0; pixel < 784; pixel++) {
          distance += (held.images.data[sample * 784 + pixel] - train.images.data[candidate * 784 + pixel]) ** 2;
        }
        if (distance < least) [nearest, least] = [candidate, distance];
      }
      if (train.labels.data[nearest] === held.labels.data[sample]) right++;
    }
    expect(right).toBeGreaterThan(80);
    expect(right).toBeLessThan(100);
  });
});
