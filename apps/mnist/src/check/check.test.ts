import { Random } from '@tapegrad/core';
import { builtInDigits, type ImageDataset, mnistNormalisation, select, type TrainTest } from '@tapegrad/datasets';
import { Dense, type Finding, Flatten, Sequential } from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { buildNet } from '../nets.ts';
import { recipeOf } from '../recipe.ts';
import { checkPlan, type Plan } from './check.ts';
import { tableOf } from './table.ts';

const digits = builtInDigits({ train: 1000, test: 200 });
const build = () => buildNet('fast', [1, 28, 28], 10, new Random(1));
const optimiserAt =
  (learningRate: number): Plan['optimiser'] =>
  (parameters) =>
    recipeOf('fast').optimiser(parameters, learningRate);
/** Without normalisation, which answers to the mean of what it was trained on, also where that is all the same. */
const withoutNormalisation = () => buildNet('small', [1, 28, 28], 10, new Random(1));

/** What is wrong with the data is found whatever the model: the smallest there is spends no time on learning. */
const smallest = () =>
  new Sequential([new Flatten(), new Dense({ outFeatures: 10 })], { inputShape: [1, 28, 28], random: new Random(1) });

function check(changed: Partial<Plan> = {}): readonly Finding[] {
  return checkPlan({
    data: digits,
    pixelScale: mnistNormalisation,
    build,
    optimiser: optimiserAt(5e-3),
    seed: 1,
    ...changed,
  });
}

function found(all: readonly Finding[], check: string): Finding {
  const one = all.find((each) => each.check === check);
  if (!one) throw new Error(`there is no check '${check}' among ${all.map((each) => each.check).join(', ')}`);
  return one;
}

/** A copy, to be broken. */
const copyOf = (set: ImageDataset): ImageDataset => select(set, Uint32Array.from(set.labels.data.keys()));

function withLabels(set: ImageDataset, label: (at: number, before: number) => number): ImageDataset {
  const copy = copyOf(set);
  copy.labels.data.forEach((before, at) => {
    copy.labels.data[at] = label(at, before);
  });
  return copy;
}

const withTrain = (train: ImageDataset): TrainTest => ({ ...digits, train });

describe('the digits and the model of the example', () => {
  test('pass every check', () => {
    const all = check();
    expect(all.map(({ verdict }) => verdict)).toEqual(new Array(13).fill('passed'));
    expect(tableOf(all)).toMatch(/\n\n13 of 13 checks passed; nothing was trained or written$/);
  });
});

describe('a broken set-up is found, with a way out', () => {
  test('pixels that are not normalised', () => {
    const pixelsAt = (standardDeviation: number): Finding =>
      found(check({ pixelScale: { mean: 0, standardDeviation }, build: smallest }), 'pixels');
    const seen = pixelsAt(1 / 255);
    expect(seen).toMatchObject({
      verdict: 'failed',
      wanted: 'mean within ±0.25, standard deviation 0.67 to 1.5',
      remedy: 'Normalise by the mean and the deviation of these training images, which normalisationOf(train) gives.',
    });
    expect(seen.seen).toMatch(/^mean \d\d\.\d+, standard deviation \d\d\.\d+, from 0\.00 to 255\.00 in 1000 images$/);
    expect(pixelsAt(1).verdict).toBe('doubtful');
  });

  test('images that are all the same', () => {
    const same = copyOf(digits.train);
    same.images.data.fill(9);
    const all = check({ data: withTrain(same), build: withoutNormalisation });
    expect(found(all, 'pixels')).toMatchObject({
      verdict: 'failed',
      remedy: 'All pixels are the same: look at how the images are read.',
    });
    expect(found(all, 'overfit one batch of 32 samples').verdict).toBe('failed');
    expect(found(all, 'the loss depends on the inputs').verdict).toBe('failed');
  });

  test('labels above the classes: the model is not tried', () => {
    const all = check({ data: withTrain(withLabels(digits.train, (_, label) => label + 1)) });
    expect(found(all, 'labels of drawn digits train')).toEqual({
      check: 'labels of drawn digits train',
      verdict: 'failed',
      seen: '100 of 1000 labels above 9',
      wanted: 'whole numbers from 0 to 9, one for each image',
      remedy: 'Look at how the labels are read, and whether they begin at 0.',
    });
    expect(all).toHaveLength(6);
  });

  test('labels all of one class', () => {
    const all = check({ data: withTrain(withLabels(digits.train, () => 3)), build: withoutNormalisation });
    expect(found(all, 'classes of drawn digits train')).toEqual({
      check: 'classes of drawn digits train',
      verdict: 'failed',
      seen: 'none of ‘0’, ‘1’, ‘2’, ‘4’, ‘5’, ‘6’, ‘7’, ‘8’, ‘9’; at most 1000 of ‘3’',
      wanted: 'some of each, the rarest at least half as often as the most frequent',
      remedy:
        'Take more images, or shuffle them before some are taken; what was never seen cannot be learnt or tested.',
    });
    expect(found(all, 'the loss depends on the inputs').verdict).toBe('failed');
  });

  test('a rare class is doubtful', () => {
    const rare = withLabels(digits.train, (at, label) => (label === 0 && at % 100 !== 0 ? 1 : label));
    const { verdict, seen } = found(check({ data: withTrain(rare), build: smallest }), 'classes of drawn digits train');
    expect(verdict).toBe('doubtful');
    expect(seen).toMatch(/^from \d+ of ‘0’ to \d+ of ‘1’$/);
  });

  test('training images among the test images', () => {
    const all = (count: number) => {
      const test = copyOf(digits.test);
      test.images.data.set(digits.train.images.data.subarray(0, count * 784));
      return found(check({ data: { ...digits, test }, build: smallest }), 'test images that are training images');
    };
    expect(all(2)).toMatchObject({ verdict: 'doubtful', seen: '2 of 200', wanted: 'none' });
    expect(all(20)).toMatchObject({
      verdict: 'failed',
      seen: '20 of 200',
      remedy: 'Split again, so that no image is in both halves: the model is tested on what it has seen.',
    });
  });

  test('a layer that never opens', () => {
    const dead = () => {
      const model = build();
      model.parameter('conv2.bias').update((numbers) => numbers.fill(-1000));
      return model;
    };
    const all = check({ build: dead });
    expect(found(all, 'units that never open')).toMatchObject({
      verdict: 'failed',
      seen: expect.stringMatching(/^relu1 0 of 16, relu2 32 of 32, relu3 \d+ of 128$/),
    });
    expect(found(all, 'gradient of each parameter').seen).toBe(
      'all 0 at conv1.weight, conv1.bias, conv2.weight, conv2.bias, batchNorm1.weight, dense1.weight',
    );
  });

  test('a learning rate far too high', () => {
    expect(found(check({ optimiser: optimiserAt(10) }), 'overfit one batch of 32 samples').verdict).toBe('failed');
  });

  test('weights that another seed makes each time', () => {
    const random = new Random(1);
    const all = check({ build: () => buildNet('fast', [1, 28, 28], 10, random) });
    expect(found(all, 'same seed, same bits').verdict).toBe('failed');
  });
});

test('the table has a sign for each verdict, and what to do where it is not well', () => {
  const finding = { check: 'pixels', seen: 'mean 40', wanted: 'mean 0', remedy: '' };
  const all: Finding[] = [
    { ...finding, verdict: 'passed', seen: 'mean 0' },
    { ...finding, check: 'labels', verdict: 'doubtful', remedy: 'Look.' },
    { ...finding, verdict: 'failed', remedy: 'Normalise.' },
  ];
  expect(tableOf(all)).toMatchInlineSnapshot(`
    "✓ pixels  mean 0
              wanted: mean 0
    ! labels  mean 40
              wanted: mean 0
              what to do: Look.
    ✗ pixels  mean 40
              wanted: mean 0
              what to do: Normalise.

    1 of 3 checks passed, 1 to look at, 1 failed; nothing was trained or written"
  `);
});
