import { conv2d, Random, Tape } from '@tapegrad/core';
import { ndarrayOf } from '@tapegrad/core/authors';
import { batches, builtInDigits, type ImageDataset, imageDataset } from '@tapegrad/datasets';
import type { Sequential } from '@tapegrad/nn';
import { expect, test } from 'vitest';
import { buildNet } from '../nets.ts';
import { whitenFirstLayer } from './whitening.ts';

const scale = { mean: 0.4, standardDeviation: 0.25 };

/** Noise in colour whose neighbours are alike, as those of photographs are. */
function blurredNoise(count: number): ImageDataset {
  const random = new Random(2);
  const side = 12;
  const pixels = new Uint8Array(count * 3 * side * side);
  let last = 128;
  for (let at = 0; at < pixels.length; at++) {
    last = Math.min(255, Math.max(0, 0.8 * last + 0.2 * random.normal(110, 120)));
    pixels[at] = last;
  }
  return imageDataset({
    name: 'noise',
    images: { name: 'noise images', array: ndarrayOf(pixels, [count, 3, side, side]) },
    labels: { name: 'noise labels', array: ndarrayOf(new Uint8Array(count), [count]) },
    classes: ['one', 'two'],
  });
}

const netFor = (images: ImageDataset): Sequential =>
  buildNet('residual', images.images.shape.slice(1), images.classes.length, new Random(1));

/** Mean of a · b over patches three pixels apart, of what each pair of filters gives. */
function correlations(model: Sequential, images: ImageDataset): number[][] {
  const [weight] = model.parameters;
  const [batch] = batches(images, { batchSize: images.labels.size, ...scale });
  using tape = new Tape();
  const given = conv2d(tape.constant(batch.images), weight, { stride: 3 });
  const [count, filters, rows, columns] = given.shape;
  const numbers = given.toFlatArray();
  const of = (filter: number, at: number): number => {
    const image = Math.floor(at / (rows * columns));
    return numbers[(image * filters + filter) * rows * columns + (at % (rows * columns))];
  };
  const total = count * rows * columns;
  return Array.from({ length: filters }, (_, a) =>
    Array.from({ length: filters }, (_, b) => {
      let sum = 0;
      for (let at = 0; at < total; at++) sum += of(a, at) * of(b, at);
      return sum / total;
    }),
  );
}

test('what the first layer gives for different directions is uncorrelated, and its variance is λ / (λ + ε)', () => {
  const images = blurredNoise(200);
  const model = netFor(images);
  whitenFirstLayer(model, images, scale);
  const found = correlations(model, images);
  const variances = found.flatMap((row, filter) => (filter % 2 === 0 ? [row[filter]] : []));
  expect(variances).toHaveLength(16);
  expect(variances).toEqual(variances.toSorted((x, y) => y - x));
  for (const variance of variances) {
    expect(variance).toBeGreaterThan(0.1);
    expect(variance).toBeLessThan(1);
  }
  found.forEach((row, a) => {
    row.forEach((each, b) => {
      const pair = Math.floor(a / 2) === Math.floor(b / 2);
      const expected = pair ? (a === b ? 1 : -1) * variances[Math.floor(a / 2)] : 0;
      expect(each).toBeCloseTo(expected, 4);
    });
  });
});

test('the filters are frozen, the bias is 0 and learns; all else is as it was drawn, and so are filters without a direction', () => {
  // Grey patches of 3×3 have nine directions, for eighteen filters of thirty-two.
  const { train: digits } = builtInDigits({ train: 100, test: 1 });
  const [model, drawn] = [netFor(digits), netFor(digits)];
  whitenFirstLayer(model, digits, scale);
  const [weight, bias, ...others] = model.parameters;
  const [firstWeight, , ...firstOthers] = drawn.parameters;
  expect([weight, bias, ...others].map(({ trainable }) => trainable)).toEqual([false, true, ...others.map(() => true)]);
  expect(bias.toList()).toEqual(new Array(32).fill(0));
  const [now, before] = [weight, firstWeight].map((each) => each.toFlatArray());
  expect(now.slice(18 * 9)).toEqual(before.slice(18 * 9));
  for (let at = 0; at < 18 * 9; at++) expect(now[at]).not.toBe(before[at]);
  others.forEach((other, index) => {
    const same = firstOthers[index].toFlatArray();
    expect(other.toFlatArray().every((number, at) => number === same[at])).toBe(true);
  });
});
