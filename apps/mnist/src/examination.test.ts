import { Random } from '@tapegrad/core';
import { builtInDigits, select } from '@tapegrad/datasets';
import { Dense, Flatten, Sequential } from '@tapegrad/nn';
import { expect, test } from 'vitest';
import { examine } from './examination.ts';

/** A model whose logits are the two pixels of an image, and images that it is right, wrong and undecided about. */
const model = new Sequential([new Flatten(), new Dense({ outFeatures: 2 })], {
  inputShape: [1, 1, 2],
  random: new Random(1),
});
model.parameter('dense1.weight').update((numbers) => numbers.set([4, 0, 0, 4]));
model.parameter('dense1.bias').update((numbers) => numbers.fill(0));

const pixels = [255, 0, 255, 0, 0, 255, 255, 204];
const labels = [0, 1, 1, 1];
const four = select(builtInDigits({ train: 10, test: 10 }).test, Uint32Array.of(0, 1, 2, 3));
const data = { ...four, images: four.images.hi(4, 1, 1, 2), classes: ['left', 'right'] };
labels.forEach((label, at) => {
  data.labels.set(at, label);
  data.images.set(at, 0, 0, 0, pixels[2 * at]);
  data.images.set(at, 0, 0, 1, pixels[2 * at + 1]);
});
const sure = 1 / (1 + Math.exp(-4));
const unsure = 1 / (1 + Math.exp(-0.8));

test('counts, losses and the worst errors, by hand', () => {
  const { count, accuracy, wrong, loss, matrix, worst } = examine(model, data, { mean: 0, standardDeviation: 1 });
  expect({ count, accuracy, wrong, matrix }).toEqual({
    count: 4,
    accuracy: 0.5,
    wrong: 2,
    matrix: [
      [1, 0],
      [2, 1],
    ],
  });
  expect(loss).toBeCloseTo((-2 * Math.log(sure) - Math.log(1 - sure) - Math.log(1 - unsure)) / 4, 5);
  expect(worst.map(({ index, right, named }) => [index, right, named])).toEqual([
    [1, 1, 0],
    [3, 1, 0],
  ]);
  expect(worst[0].probability).toBeCloseTo(sure, 5);
  expect(worst[0].probabilityOfRight).toBeCloseTo(1 - sure, 5);
  expect(worst[0].loss).toBeCloseTo(-Math.log(1 - sure), 5);
});

test('only so many of the worst are kept', () => {
  expect(examine(model, data, { mean: 0, standardDeviation: 1 }, { most: 1 }).worst.map(({ index }) => index)).toEqual([
    1,
  ]);
});

test('calibration: how sure against how often right', () => {
  const { confidences, calibrationError } = examine(model, data, { mean: 0, standardDeviation: 1 });
  expect(confidences.map(({ from, to, count, accuracy }) => [from, to, count, accuracy])).toEqual([
    [0.6, 0.7, 1, 0],
    [0.9, 1, 3, 2 / 3],
  ]);
  expect(calibrationError).toBeCloseTo(0.25 * unsure + 0.75 * Math.abs(sure - 2 / 3), 5);
});

test('a model that has ended in NaN is examined as well', () => {
  const broken = new Sequential([new Flatten(), new Dense({ outFeatures: 2 })], {
    inputShape: [1, 1, 2],
    random: new Random(1),
  });
  broken.parameter('dense1.bias').update((numbers) => numbers.fill(Number.NaN));
  expect(examine(broken, data, { mean: 0, standardDeviation: 1 })).toMatchObject({ count: 4, loss: Number.NaN });
});
