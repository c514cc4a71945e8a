import { Random } from '@tapegrad/core';
import ndarray from 'ndarray';
import { expect, test } from 'vitest';
import { batches } from '../batches/batches.ts';
import { shift } from '../transforms/move/shift.ts';
import { normalisationOf } from './normalisation.ts';

const random = new Random(1);
const dataset = {
  name: 'colour',
  images: ndarray(
    Uint8Array.from({ length: 40 * 3 * 4 }, (_, at) => random.integer(200) + (at % 3)),
    [40, 2, 3, 2],
    [12, 1, 4, 2],
  ),
  labels: ndarray(new Uint8Array(40), [40]),
  classes: ['one'],
};

test('normalisationOf makes every channel of the batches have mean 0 and deviation 1, whatever the strides', () => {
  const [{ images }] = batches(dataset, { batchSize: 40, ...normalisationOf(dataset) });
  for (const channel of [0, 1]) {
    const numbers = Array.from({ length: 240 }, (_, at) =>
      images.get(Math.floor(at / 6), channel, Math.floor(at / 2) % 3, at % 2),
    );
    const mean = numbers.reduce((sum, number) => sum + number, 0) / 240;
    const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / 240;
    expect(mean).toBeCloseTo(0, 6);
    expect(variance).toBeCloseTo(1, 5);
  }
});

test('a channel that is the same everywhere, and no images at all, have the deviation 1', () => {
  const grey = {
    ...dataset,
    images: ndarray(new Uint8Array(4).fill(51), [2, 1, 1, 2]),
    labels: dataset.labels.hi(2),
  };
  expect(normalisationOf(grey)).toEqual({ mean: [0.2], standardDeviation: [1] });
  expect(normalisationOf({ ...grey, images: grey.images.hi(0), labels: grey.labels.hi(0) })).toEqual({
    mean: [0],
    standardDeviation: [1],
  });
});

test('batches refuse lists for other channels, and a transform without random', () => {
  expect(() => batches(dataset, { batchSize: 1, mean: [0] })).toThrow(
    'a mean of 1 numbers; wanted one number, or one for each of 2 channels',
  );
  expect(() => batches(dataset, { batchSize: 1, transform: shift({ pixels: 1 }) })).toThrow(
    'a transform without random',
  );
});

test('batches of a transform are the same after a skip', () => {
  const options = { batchSize: 7, transform: shift({ pixels: 1 }) };
  const all = [...batches(dataset, { ...options, random: new Random(3) })];
  const rest = [...batches(dataset, { ...options, random: new Random(3), skip: 2 })];
  expect(rest.map(({ images }) => images.data)).toEqual(all.slice(2).map(({ images }) => images.data));
});
