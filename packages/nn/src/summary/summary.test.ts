import { Random, zeros } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { ReLU } from '../layers/activations.ts';
import { Conv2d } from '../layers/conv2d.ts';
import { Dense } from '../layers/dense.ts';
import { Flatten } from '../layers/flatten.ts';
import { AdaptiveAvgPool2d, MaxPool2d } from '../layers/pooling.ts';
import { Sequential } from '../layers/sequential.ts';
import { inRow } from './placed.ts';
import { summarise } from './summary.ts';
import { summary } from './summaryFor.ts';

const model = new Sequential(
  [
    new Conv2d({ outChannels: 8, kernelSize: 5 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new Flatten(),
    new Dense({ outFeatures: 10 }),
  ],
  { inputShape: [1, 28, 28], random: new Random(1) },
);

test('counts what each layer gives, learns, does and sees', () => {
  const { inputShape, rows, totals, totalParameters } = summary(model);
  expect(inputShape).toEqual([1, 28, 28]);
  const nothing = {
    parameters: 0,
    parametersWithoutBias: 0,
    multiplyAccumulates: 0,
    flops: 0,
    comparisons: 0,
    evaluations: 0,
    isCostKnown: true,
    isFieldKnown: true,
  };
  const convolution = { multiplyAccumulates: 8 * 24 * 24 * 25, flops: 2 * 8 * 24 * 24 * 25 + 8 * 24 * 24 };
  const dense = { multiplyAccumulates: 1152 * 10, flops: 2 * 1152 * 10 + 10 };
  expect(rows.map(({ explanations, ...row }) => row)).toEqual([
    {
      ...nothing,
      name: 'conv1',
      type: 'Conv2d',
      inputShape: [1, 28, 28],
      outputShape: [8, 24, 24],
      parameters: 8 * 25 + 8,
      parametersWithoutBias: 8 * 25,
      ...convolution,
      receptiveField: [5, 5],
      jump: [1, 1],
      start: [2, 2],
    },
    {
      ...nothing,
      name: 'relu1',
      type: 'ReLU',
      inputShape: [8, 24, 24],
      outputShape: [8, 24, 24],
      evaluations: 8 * 24 * 24,
      receptiveField: [5, 5],
      jump: [1, 1],
      start: [2, 2],
    },
    {
      ...nothing,
      name: 'pool1',
      type: 'MaxPool2d',
      inputShape: [8, 24, 24],
      outputShape: [8, 12, 12],
      comparisons: 8 * 12 * 12 * 3,
      receptiveField: [6, 6],
      jump: [2, 2],
      start: [2.5, 2.5],
    },
    {
      ...nothing,
      name: 'flatten1',
      type: 'Flatten',
      inputShape: [8, 12, 12],
      outputShape: [1152],
      receptiveField: [6, 6],
      jump: [],
      start: [],
    },
    {
      ...nothing,
      name: 'dense1',
      type: 'Dense',
      inputShape: [1152],
      outputShape: [10],
      parameters: 1152 * 10 + 10,
      parametersWithoutBias: 1152 * 10,
      ...dense,
      receptiveField: [28, 28],
      jump: [],
      start: [],
    },
  ]);
  expect(totals).toEqual({
    parameters: 11_738,
    parametersWithoutBias: 11_720,
    multiplyAccumulates: convolution.multiplyAccumulates + dense.multiplyAccumulates,
    flops: convolution.flops + dense.flops,
    comparisons: 3456,
    evaluations: 4608,
  });
  expect(totalParameters).toBe(11_738);
});

test('counts a convolution with stride, dilation, padding and groups', () => {
  const options = {
    outChannels: 6,
    kernelSize: [3, 5],
    stride: [2, 1],
    dilation: [2, 1],
    padding: [2, 1],
    groups: 2,
  } as const;
  const grouped = new Sequential([new Conv2d(options)], { inputShape: [4, 11, 9], random: new Random(1) });
  expect(summary(grouped).rows[0]).toMatchObject({
    // ⌊(11 + 4 − 4 − 1)/2⌋ + 1 and ⌊(9 + 2 − 4 − 1)/1⌋ + 1
    outputShape: [6, 6, 7],
    parameters: 6 * 2 * 15 + 6,
    parametersWithoutBias: 180,
    multiplyAccumulates: 6 * 6 * 7 * 2 * 15,
    flops: 2 * 7560 + 252,
    receptiveField: [5, 5],
    jump: [2, 1],
    start: [0, 1],
  });
});

test('prints as a table', () => {
  expect(`\n${summary(model)}`).toMatchInlineSnapshot(`
    "
    layer     type       output       parameters     MACs    FLOPs  field  jump  start
    input                [1, 28, 28]
    conv1     Conv2d     [8, 24, 24]         208  115,200  235,008      5     1      2
    relu1     ReLU       [8, 24, 24]           0        0        0      5     1      2
    pool1     MaxPool2d  [8, 12, 12]           0        0        0      6     2    2.5
    flatten1  Flatten    [1152]                0        0        0      6
    dense1    Dense      [10]             11,530   11,520   23,050     28
    total                                 11,738  126,720  258,058"
  `);
});

test('of no layers is a table still', () => {
  expect(`\n${summary(new Sequential([], { inputShape: [3], random: new Random(1) }))}`).toMatchInlineSnapshot(`
    "
    layer  type  output  parameters  MACs  FLOPs  field  jump  start
    input        [3]
    total                         0     0      0"
  `);
});

test('fits a page of 120 columns, with counts written short where it must', () => {
  const conv = new Conv2d({
    outChannels: 4096,
    kernelSize: 3,
    padding: 'same',
    initialiser: ({ shape }) => zeros(shape),
  });
  // The same weights as for large images, whose sizes are put in below.
  conv.build([512, 1, 1], { name: 'conv1', random: new Random(1), dtype: 'float32' });
  const pool = new AdaptiveAvgPool2d({ outputSize: [63, 129] });
  const [inputShape, between, outputShape] = [
    [512, 1024, 2048],
    [4096, 1024, 2048],
    [4096, 63, 129],
  ];
  const layers = [
    { name: 'conv1', layer: conv, inputShape, outputShape: between },
    { name: 'pool1', layer: pool, inputShape: between, outputShape },
  ];
  const large = summarise([{ name: 'input', shape: inputShape }], inRow(layers, 'input'));
  const lines = String(large).split('\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120);
  expect(`\n${lines.join('\n')}`).toMatchInlineSnapshot(`
    "
    layer  type               output              parameters     MACs    FLOPs  field         jump  start
    input                     [512, 1024, 2048]
    conv1  Conv2d             [4096, 1024, 2048]     18.88 M  39.58 T  79.17 T      3            1      0
    pool1  AdaptiveAvgPool2d  [4096, 63, 129]              0        0  9.679 G  20×19  16.25×15.88  8×7.5
    total                                            18.88 M  39.58 T  79.18 T"
  `);
});
