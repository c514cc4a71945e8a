import { Random } from '@tapegrad/core';
import fc from 'fast-check';
import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { noisySine } from '../toys/curves.ts';
import { twoMoons } from '../toys/points.ts';
import type { ImageDataset } from './dataset.ts';
import { firstSamples } from './firstSamples.ts';
import { splitSamples } from './splitSamples.ts';

/** Images of one row whose two pixels are their index, high and low byte. */
function numbered(labels: readonly number[]): ImageDataset {
  const pixels = labels.flatMap((_, index) => [index >> 8, index & 255]);
  return {
    name: 'numbered',
    images: ndarray(Uint8Array.from(pixels), [labels.length, 1, 1, 2]),
    labels: ndarray(Uint8Array.from(labels), [labels.length]),
    classes: [],
  };
}
const indexOf = ({ images }: ImageDataset, at: number): number =>
  256 * images.get(at, 0, 0, 0) + images.get(at, 0, 0, 1);
const indicesOf = (part: ImageDataset): number[] =>
  Array.from({ length: part.labels.shape[0] }, (_, at) => indexOf(part, at));
const labels = fc.array(fc.oneof(fc.nat(3), fc.nat(255)), { maxLength: 300 });

describe('splitSamples', () => {
  test('loses nothing and doubles nothing, keeps images with their labels, and the order', () => {
    fc.assert(
      fc.property(
        labels,
        fc.nat(),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.boolean(),
        (each, seed, share, stratified) => {
          const { train, validation } = splitSamples(numbered(each), {
            validation: share,
            stratified,
            random: new Random(seed),
          });
          const [left, held] = [indicesOf(train), indicesOf(validation)];
          expect(held).toHaveLength(Math.round(share * each.length));
          expect([...left, ...held].sort((one, other) => one - other)).toEqual([...each.keys()]);
          for (const part of [train, validation]) {
            const indices = indicesOf(part);
            expect(indices).toEqual([...indices].sort((one, other) => one - other));
            expect([...part.labels.data]).toEqual(indices.map((index) => each[index]));
          }
        },
      ),
    );
  });

  test('gives every class its share, to within one sample, and exactly where that is a whole number', () => {
    fc.assert(
      fc.property(labels, fc.nat(), fc.nat(300), (each, seed, wanted) => {
        const count = Math.min(wanted, each.length);
        const { validation } = splitSamples(numbered(each), {
          validation: count < 1 ? 0 : count,
          random: new Random(seed),
        });
        expect(validation.labels.shape[0]).toBe(count);
        for (const label of new Set(each)) {
          const size = each.filter((other) => other === label).length;
          const held = [...validation.labels.data].filter((other) => other === label).length;
          expect(Math.abs(held - (size * count) / each.length)).toBeLessThan(1);
        }
      }),
    );
    const even = Array.from({ length: 100 }, (_, index) => index % 4);
    const { validation } = splitSamples(numbered(even), { validation: 0.2, random: new Random(1) });
    expect([0, 1, 2, 3].map((label) => [...validation.labels.data].filter((each) => each === label).length)).toEqual([
      5, 5, 5, 5,
    ]);
  });

  test('draws others from another seed, and every sample about as often', () => {
    const even = numbered(Array.from({ length: 20 }, (_, index) => index % 2));
    const often = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 400; seed++) {
      const { validation } = splitSamples(even, { validation: 10, random: new Random(seed) });
      for (const index of indicesOf(validation)) often[index]++;
    }
    for (const times of often) expect(Math.abs(times - 200)).toBeLessThan(60);
  });

  test('takes images of any strides', () => {
    const whole = numbered([0, 1, 0, 1, 0, 1]);
    const turned = { ...firstSamples(whole, 4), images: firstSamples(whole, 4).images.transpose(0, 1, 3, 2) };
    const { train } = splitSamples(turned, { validation: 0, random: new Random(1) });
    expect(train.images.shape).toEqual([4, 1, 2, 1]);
    expect(train.images.get(3, 0, 1, 0)).toBe(3);
    expect(train.name).toBe('numbered, training part');
  });

  test('parts toy sets, which keep their outliers, and curves without strata', () => {
    const moons = twoMoons({ count: 50, outliers: 0.2 });
    const { train, validation } = splitSamples(moons, { validation: 0.2, random: new Random(2) });
    expect([train.inputs.shape, validation.inputs.shape]).toEqual([
      [40, 2],
      [10, 2],
    ]);
    expect([...train.isOutlier, ...validation.isOutlier].filter(Boolean)).toHaveLength(10);
    const parts = splitSamples(noisySine({ count: 10 }), { validation: 3, random: new Random(2) });
    expect([parts.train.targets.shape, parts.validation.targets.shape]).toEqual([
      [7, 1],
      [3, 1],
    ]);
    expect(() =>
      splitSamples(noisySine(), { validation: 3, stratified: true, random: new Random(2) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: splitSamples: no labels in noisySine; wanted a label for each sample. Pass stratified: false.]`,
    );
  });

  test.each([-0.1, 1.5, 7, Number.NaN])('refuses to hold back %d', (validation) => {
    expect(() => splitSamples(numbered([1, 2, 3]), { validation, random: new Random(1) })).toThrow(
      `validation is ${validation}`,
    );
  });
});
