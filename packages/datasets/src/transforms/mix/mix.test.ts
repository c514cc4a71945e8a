import { Random } from '@tapegrad/core';
import ndarray from 'ndarray';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { messagesOf } from '../../../../core/test/messages.ts';
import { batches } from '../../batches/batches.ts';
import { beta } from './beta.ts';
import { cutMix, mixup } from './mix.ts';

/** Images of one colour, the number of the sample, whose label is that number too. */
const count = 6;
const plain = (height = 4, width = 5) => ({
  images: ndarray(
    Float32Array.from({ length: count * 2 * height * width }, (_, at) => Math.floor(at / (2 * height * width))),
    [count, 2, height, width],
  ),
  labels: ndarray(
    Uint8Array.from({ length: count }, (_, index) => index),
    [count],
  ),
  classes: ['a', 'b', 'c', 'd', 'e', 'f'],
});
const options = (seed: number) => ({ batchSize: count, random: new Random(seed) });

describe('beta', () => {
  // Mean 1/2 and variance 1 / (4 (2a + 1)) of the distribution.
  test.each([0.1, 0.4, 1, 3, 50])('of %d and itself has its mean and its variance', (alpha) => {
    const random = new Random(7);
    const drawn = Array.from({ length: 20_000 }, () => beta(alpha, random));
    expect(drawn.every((share) => share >= 0 && share <= 1)).toBe(true);
    const mean = drawn.reduce((sum, share) => sum + share, 0) / drawn.length;
    const variance = drawn.reduce((sum, share) => sum + (share - 0.5) ** 2, 0) / drawn.length;
    const wanted = 1 / (4 * (2 * alpha + 1));
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(wanted / drawn.length));
    expect(Math.abs(variance / wanted - 1)).toBeLessThan(0.05);
  });

  test('of a very small number is 0 or 1, and never NaN', () => {
    const random = new Random(1);
    const drawn = Array.from({ length: 200 }, () => beta(0.001, random));
    expect(drawn.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(new Set(drawn.map(Math.round))).toEqual(new Set([0, 1]));
  });
});

test('mixup mixes images and labels by one share', () => {
  for (let seed = 0; seed < 20; seed++) {
    const [batch] = batches(plain(), { ...options(seed), mix: mixup() });
    expectTypeOf(batch.targets).toExtend<{ readonly shape: number[] }>();
    expect(batch.targets.shape).toEqual([count, count]);
    for (let row = 0; row < count; row++) {
      const target = Array.from({ length: count }, (_, label) => batch.targets.get(row, label));
      expect(target.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 6);
      // The colour of a mixed image is the mean label of its targets.
      const colour = target.reduce((sum, each, label) => sum + label * each, 0);
      for (const channel of [0, 1]) expect(batch.images.get(row, channel, 3, 4)).toBeCloseTo(colour, 5);
      expect(target[batch.labels.get(row)]).toBeGreaterThan(0);
    }
  }
});

test('cutMix pastes one rectangle, mixes labels by the areas, and cuts masks along', () => {
  const areas = new Set<number>();
  for (let seed = 0; seed < 40; seed++) {
    const given = plain(8, 10);
    const masks = ndarray(
      Uint8Array.from(given.images.data).filter((_, at) => at % 160 < 80),
      [count, 8, 10],
    );
    const [batch] = batches({ ...given, masks }, { ...options(seed), mix: cutMix({ alpha: 1 }) });
    for (let row = 0; row < count; row++) {
      const own = batch.labels.get(row);
      const pixels = Array.from({ length: 80 }, (_, at) => batch.images.get(row, 1, Math.floor(at / 10), at % 10));
      const kept = pixels.filter((pixel) => pixel === own).length / 80;
      expect(batch.targets.get(row, own)).toBeCloseTo(kept, 6);
      expect(pixels).toEqual(Array.from({ length: 80 }, (_, at) => batch.masks.get(row, Math.floor(at / 10), at % 10)));
      if (kept < 1) areas.add(kept);
    }
  }
  expect(areas.size).toBeGreaterThan(10);
});

test('targets of the dataset are mixed as they are', () => {
  const { images } = plain();
  const targets = ndarray(
    Float64Array.from({ length: count }, (_, index) => 10 * index),
    [count, 1],
  );
  const [batch] = batches({ images, targets }, { ...options(2), mix: mixup() });
  expect(batch.targets.data).toBeInstanceOf(Float32Array);
  for (let row = 0; row < count; row++) {
    expect(batch.targets.get(row, 0)).toBeCloseTo(10 * batch.images.get(row, 0, 0, 0), 3);
  }
});

test('the same seed gives the same mix', () => {
  const bits = (seed: number) =>
    [...batches(plain(), { ...options(seed), mix: cutMix() })].map(({ images }) => images.data);
  expect(bits(3)).toEqual(bits(3));
  expect(bits(3)).not.toEqual(bits(4));
});

test('mixes refuse what cannot be mixed', () => {
  const { classes, ...unnamed } = plain();
  const random = new Random(1);
  const masks = ndarray(new Uint8Array(count * 20), [count, 4, 5]);
  expect(
    messagesOf({
      alpha: () => mixup({ alpha: 0 }),
      classes: () => cutMix({ classes: 1.5 }),
      'no names of classes': () => batches(unnamed, { batchSize: 2, random, mix: mixup() }),
      'too few classes': () => batches(unnamed, { batchSize: 2, random, mix: mixup({ classes: 5 }) }),
      'a function': () => [...batches(plain(), { batchSize: 2, random, mix: ((x: unknown) => x) as never })],
      'its name': () => [...batches(plain(), { batchSize: 2, random, mix: 'mixup' as never })],
      'made by hand, without alpha': () => [
        ...batches(plain(), { batchSize: 2, random, mix: { kind: 'mixup' } as never }),
      ],
      'no random': () => batches(plain(), { batchSize: 2, mix: mixup() }),
      'masks by numbers': () => [...batches({ ...plain(), masks }, { batchSize: 2, random, mix: mixup() })],
      'no labels': () => batches({ images: unnamed.images }, { batchSize: 2, random, mix: mixup() }),
      items: () => batches([{ images: [1] }], { batchSize: 1, random, mix: mixup() }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a function": "DataTypeError: batches: mix is the function mix; wanted a mix as data. Give \`mixup()\` or \`cutMix()\`.",
      "alpha": "ValueError: mixup: alpha is 0; wanted a number from 0.001 to 1000. Leave it smaller, or out.",
      "classes": "ValueError: cutMix: classes is 1.5; wanted a whole number from 1 to 65536. Leave it smaller, or out.",
      "items": "ValueError: batches: mix, for a dataset of items; wanted a dataset in arrays. Make arrays of the items once, with \`collect\`.",
      "its name": "DataTypeError: batches: mix is the text 'mixup'; wanted a mix as data. Give \`mixup()\` or \`cutMix()\`.",
      "made by hand, without alpha": "ValueError: batches: alpha is undefined; wanted a number from 0.001 to 1000. Leave it smaller, or out.",
      "masks by numbers": "ValueError: mixup: a dataset with masks; wanted images with labels or targets. Use \`cutMix\`, which cuts masks along.",
      "no labels": "ValueError: batches: mix, without labels or targets; wanted labels or targets, which are mixed too. Leave it out.",
      "no names of classes": "ValueError: batches: labels[0] is 0, with 0 classes; wanted labels from 0 to the number of classes less 1. Say how many there are: \`mixup({ classes: 10 })\`.",
      "no random": "ValueError: batches: a mix without random; wanted a stream of random numbers for it. Pass random: new Random(1).",
      "too few classes": "ValueError: batches: labels[5] is 5, with 5 classes; wanted labels from 0 to the number of classes less 1. Say how many there are: \`mixup({ classes: 10 })\`.",
    }
  `);
  expect(classes).toHaveLength(count);
});
