import { Random } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { ReLU } from '../layers/activations.ts';
import { Conv2d } from '../layers/conv2d.ts';
import { Dense } from '../layers/dense.ts';
import { Flatten } from '../layers/flatten.ts';
import { MaxPool2d } from '../layers/pooling.ts';
import { Sequential } from '../layers/sequential.ts';
import { input, join } from '../models/graphValue.ts';
import { Add, Concat } from '../models/joins.ts';
import { Model } from '../models/model.ts';
import { summary } from './summaryFor.ts';

const conv = (outChannels: number, kernelSize: number, stride = 1) =>
  new Conv2d({ outChannels, kernelSize, stride, padding: (kernelSize - 1) / 2 });
const random = () => new Random(1);

test('a graph has a row for each of its layers; what is joined sees what the widest way sees', () => {
  const image = input([1, 8, 8]);
  const stem = image.to(new Sequential([conv(2, 3), new ReLU()], { name: 'stem' }));
  const both = join(new Concat(), [stem, stem.to(conv(3, 5))]);
  const model = new Model({ inputs: image, outputs: both.to(conv(1, 3)), random: random() });
  expect(`\n${summary(model)}\n`).toMatchInlineSnapshot(`
    "
    layer       type    output     parameters    MACs   FLOPs  field  jump  start
    input               [1, 8, 8]
    stem.conv1  Conv2d  [2, 8, 8]          20   1,152   2,432      3     1      0
    stem.relu1  ReLU    [2, 8, 8]           0       0       0      3     1      0
    conv1       Conv2d  [3, 8, 8]         153   9,600  19,392      7     1      0
    concat1     Concat  [5, 8, 8]           0       0       0      7     1      0
    conv2       Conv2d  [1, 8, 8]          46   2,880   5,824      9     1      0
    total                                 219  13,632  27,648
    "
  `);
  expect(summary(model, [1, 20, 20]).rows.map(({ outputShape }) => outputShape.at(-1))).toEqual([20, 20, 20, 20, 20]);
});

test('a field is that of one input', () => {
  const [left, right] = [input([1, 8, 8]), input([1, 8, 8])];
  const sum = join(new Add(), [left.to(conv(1, 3)), right.to(conv(1, 3))]);
  const model = new Model({ inputs: { left, right }, outputs: sum, random: random() });
  const { inputs, rows } = summary(model);
  expect(inputs.map(({ name }) => name)).toEqual(['left', 'right']);
  expect(rows.map(({ receptiveField, isFieldKnown }) => [isFieldKnown, receptiveField])).toEqual([
    [true, [3, 3]],
    [true, [3, 3]],
    [false, []],
  ]);
  expect(rows[2].flops).toBe(64);
});

test('is unknown where the ways have fields differently far apart', () => {
  const x = input([1, 8, 8]);
  const ways = [
    x.to(conv(1, 3, 2)),
    x.to(new MaxPool2d({ kernelSize: 2 })),
    x.to(conv(1, 1), new MaxPool2d({ kernelSize: 5, stride: 1 })),
  ];
  const model = new Model({
    inputs: x,
    outputs: { a: join(new Add(), ways.slice(0, 2)), b: join(new Add(), [ways[0], ways[2]]) },
    random: random(),
  });
  const fields = Object.fromEntries(summary(model).rows.map(({ name, receptiveField }) => [name, receptiveField]));
  expect(fields).toMatchObject({ add1: [3, 3], add2: [] });
});

test('parameters of a shared layer count once', () => {
  const shared = new Dense({ outFeatures: 2 });
  const [x, y] = [input([3]), input([3])];
  const model = new Model({
    inputs: { x, y },
    outputs: join(new Add(), [x.to(shared), y.to(shared)]),
    random: random(),
  });
  expect(summary(model).rows.map(({ name, parameters }) => [name, parameters])).toEqual([
    ['dense1', 8],
    ['dense1.2', 0],
    ['add1', 0],
  ]);
  expect(summary(model).totalParameters).toBe(8);
});

test('a model within another one is a row', () => {
  const image = input([1, 8, 8]);
  const part = new Model({
    inputs: image,
    outputs: join(new Add(), [image, image.to(conv(1, 5))]),
    random: random(),
    name: 'part',
  });
  const whole = new Sequential([part, conv(1, 3), new Flatten()], { inputShape: [1, 8, 8], random: random() });
  const { rows } = summary(whole);
  expect(rows[0]).toMatchObject({
    type: 'Model',
    receptiveField: [5, 5],
    parameters: 26,
    multiplyAccumulates: 64 * 25,
  });
  expect(rows[1].receptiveField).toEqual([7, 7]);
});
