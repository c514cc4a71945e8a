import { Random, type Shape } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { allOnes, seenFrom } from '../../test/seen.ts';
import { ReLU } from '../layers/activations.ts';
import { BatchNorm } from '../layers/batchNorm.ts';
import { Conv1d } from '../layers/conv1d.ts';
import { Conv2d } from '../layers/conv2d.ts';
import { Conv3d } from '../layers/conv3d.ts';
import type { ConvolutionLayerOptions } from '../layers/convolutionLayer.ts';
import { ConvTranspose1d } from '../layers/convTranspose1d.ts';
import { DeformConv2d } from '../layers/deformConv2d.ts';
import { Dense } from '../layers/dense.ts';
import { Flatten } from '../layers/flatten.ts';
import type { Layer } from '../layers/layer.ts';
import { Pad } from '../layers/pad.ts';
import { AdaptiveAvgPool1d, AvgPool1d, AvgPool2d, GlobalAvgPool2d, MaxPool2d } from '../layers/pooling.ts';
import { Sequential } from '../layers/sequential.ts';
import { Upsample } from '../layers/upsample.ts';
import type { SummaryRow } from './row.ts';
import { summary } from './summaryFor.ts';

const conv = (options: Omit<ConvolutionLayerOptions, 'outChannels'>) =>
  new Conv2d({ outChannels: 2, bias: false, initialiser: allOnes, ...options });
const pool = (options: ConstructorParameters<typeof AvgPool2d>[0]) => new AvgPool2d(options);
const along = { outChannels: 1, bias: false, initialiser: allOnes };

function build(layers: readonly Layer[], inputShape: Shape): Sequential {
  return new Sequential(layers, { inputShape, random: new Random(1), dtype: 'float64' });
}

function lastRow(model: Sequential): SummaryRow {
  const { rows } = summary(model);
  return rows[rows.length - 1];
}

/** From where to where the summary says that an output sees. */
function said({ receptiveField, jump, start }: SummaryRow, position: readonly number[]) {
  return receptiveField.map((size, axis) => {
    const centre = start[axis] + position[axis] * jump[axis];
    return { first: centre - (size - 1) / 2, last: centre + (size - 1) / 2 };
  });
}

/** Convolutions and poolings drawn at random, with other numbers along the two axes. */
function randomStack(seed: number): Layer[] {
  const random = new Random(seed);
  const whole = (low: number, high: number): number => Math.floor(random.uniform(low, high + 1));
  const both = (low: number, high: number) => [whole(low, high), whole(low, high)] as const;
  return Array.from({ length: whole(2, 4) }, () => {
    if (whole(0, 2) === 0) return pool({ kernelSize: both(2, 3), stride: both(1, 3), padding: both(0, 1) });
    return conv({ kernelSize: both(1, 4), stride: both(1, 2), padding: both(0, 3), dilation: both(1, 3) });
  });
}

const architectures: Record<string, readonly Layer[]> = {
  'one convolution': [conv({ kernelSize: 3 })],
  'one convolution of an even kernel': [conv({ kernelSize: [4, 2] })],
  'stride larger than the kernel': [conv({ kernelSize: 2, stride: 3 }), conv({ kernelSize: 2 })],
  'three of 3 × 3, as in VGG': [1, 2, 3].map(() => conv({ kernelSize: 3, padding: 1 })),
  'LeNet-5': [conv({ kernelSize: 5 }), pool({ kernelSize: 2 }), conv({ kernelSize: 5 }), pool({ kernelSize: 2 })],
  'the stem of ResNet': [
    conv({ kernelSize: 7, stride: 2, padding: 3 }),
    new BatchNorm(),
    new ReLU(),
    pool({ kernelSize: 3, stride: 2, padding: 1 }),
    conv({ kernelSize: 3, padding: 'same' }),
  ],
  'dilations 1, 2, 4, as in WaveNet': [1, 2, 4].map((dilation) => conv({ kernelSize: 2, dilation })),
  'depthwise and pointwise': [
    conv({ kernelSize: 3, groups: 2, stride: 2, padding: 1 }),
    conv({ kernelSize: 1 }),
    conv({ kernelSize: 3, groups: 2, padding: 1 }),
  ],
  'padding on one side': [
    conv({
      kernelSize: 3,
      padding: [
        [2, 0],
        [0, 2],
      ],
    }),
    conv({ kernelSize: 4, padding: 'same' }),
  ],
  'padding by a layer of its own': [
    new Pad({
      padding: [
        [2, 0],
        [1, 3],
      ],
      mode: 'reflect',
    }),
    conv({ kernelSize: 3, stride: 2 }),
  ],
  'means under windows with gaps': [pool({ kernelSize: 3, dilation: [2, 1], stride: 2 }), conv({ kernelSize: 2 })],
  'pooling that overlaps': [pool({ kernelSize: 3, stride: 2, padding: 1, ceilMode: true }), conv({ kernelSize: 3 })],
  'offsets of 0': [new DeformConv2d({ ...along, kernelSize: 3, dilation: 2 }), conv({ kernelSize: 3, stride: 2 })],
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((seed) => [`random ${seed}`, randomStack(seed)])),
};

describe('an output in the middle has a gradient exactly where the summary says that it looks', () => {
  test.each(Object.entries(architectures))('%s', (_, layers) => {
    const model = build(layers, [2, 90, 91]);
    const row = lastRow(model);
    const middle = row.outputShape.slice(1).map((length) => Math.floor(length / 2));
    // Its neighbour shows the jump.
    for (const position of [middle, middle.map((at) => at + 1)]) {
      const seen = seenFrom(model, position);
      expect(seen).toEqual(said(row, position));
      // Nothing was cut off by the edges.
      seen.forEach(({ first, last }, axis) => {
        expect([first > 0, last < model.inputShape[1 + axis] - 1]).toEqual([true, true]);
      });
    }
  });

  test('of signals and of volumes', () => {
    const signal = build(
      [new Conv1d({ ...along, kernelSize: 3, dilation: 2, stride: 2 }), new AvgPool1d({ kernelSize: 3 })],
      [1, 50],
    );
    expect(seenFrom(signal, [3])).toEqual(said(lastRow(signal), [3]));
    expect(lastRow(signal)).toMatchObject({ receptiveField: [9], jump: [6], start: [4] });
    const volume = build(
      [new Conv3d({ ...along, kernelSize: [1, 2, 3] }), new Conv3d({ ...along, kernelSize: 2 })],
      [1, 7, 7, 7],
    );
    expect(seenFrom(volume, [2, 2, 2])).toEqual(said(lastRow(volume), [2, 2, 2]));
    expect(lastRow(volume)).toMatchObject({ receptiveField: [2, 3, 4], jump: [1, 1, 1], start: [0.5, 1, 1.5] });
  });

  test('of max poolings, which look at one number at a time, for any of many inputs', () => {
    const layers = [
      conv({ kernelSize: 3 }),
      new MaxPool2d({ kernelSize: 2 }),
      new MaxPool2d({ kernelSize: 3, stride: 1, dilation: 2 }),
    ];
    const model = build(layers, [1, 24, 24]);
    expect(seenFrom(model, [2, 3], 300)).toEqual(said(lastRow(model), [2, 3]));
  });

  test('an output at the edge sees the part of its field that lies in the image', () => {
    const model = build([conv({ kernelSize: 5, padding: 2 })], [1, 9, 9]);
    expect(said(lastRow(model), [0, 8])).toEqual([
      { first: -2, last: 2 },
      { first: 6, last: 10 },
    ]);
    expect(seenFrom(model, [0, 8])).toEqual([
      { first: 0, last: 2 },
      { first: 6, last: 8 },
    ]);
  });
});

describe('of a transposed convolution', () => {
  const options = [
    { kernelSize: 3, stride: 2 },
    { kernelSize: 4, stride: 2, padding: 1 },
    { kernelSize: 5, stride: 3, padding: 1, outputPadding: 2 },
    { kernelSize: 3, stride: 1 },
    { kernelSize: 2, stride: 2 },
  ];
  test.each(options)('%o: the widest field, and the line near the middles', (transposed) => {
    const model = build(
      [new Conv1d({ ...along, kernelSize: 3, stride: 2 }), new ConvTranspose1d({ ...along, ...transposed })],
      [1, 61],
    );
    const row = lastRow(model);
    // As many neighbours in the middle as the stride: each of the ways to meet the kernel once.
    const positions = Array.from({ length: transposed.stride }, (_, more) => Math.floor(row.outputShape[1] / 2) + more);
    const seen = positions.map((position) => seenFrom(model, [position])[0]);
    expect(Math.max(...seen.map(({ first, last }) => last - first + 1))).toBe(row.receptiveField[0]);
    expect(row.jump[0]).toBeCloseTo(2 / transposed.stride, 12);
    seen.forEach(({ first, last }, at) => {
      const line = row.start[0] + positions[at] * row.jump[0];
      // Half an input of the transposed convolution is a pixel, behind the stride of 2.
      expect(Math.abs((first + last) / 2 - line)).toBeLessThan(1);
    });
  });

  test('a decoder gives the jump back that its encoder took', () => {
    const encoder = [new Conv1d({ ...along, kernelSize: 4, stride: 2, padding: 1 })];
    const decoder = [new ConvTranspose1d({ ...along, kernelSize: 4, stride: 2, padding: 1 })];
    expect(lastRow(build([...encoder, ...decoder], [1, 16]))).toMatchObject({
      outputShape: [1, 16],
      jump: [1],
      start: [0],
    });
  });
});

describe('of adaptive pooling', () => {
  test('is that of a window where the cells are equal', () => {
    const model = build([new AdaptiveAvgPool1d({ outputSize: 4 })], [1, 12]);
    expect(lastRow(model)).toMatchObject({ receptiveField: [3], jump: [3], start: [1] });
    expect(seenFrom(model, [2])).toEqual(said(lastRow(model), [2]));
  });

  test('is the widest of cells that are not, as later layers see them', () => {
    for (const [length, cells] of [
      [5, 3],
      [7, 4],
      [10, 7],
      [9, 2],
    ]) {
      for (const kernelSize of [1, 2]) {
        const model = build(
          [new AdaptiveAvgPool1d({ outputSize: cells }), new Conv1d({ ...along, kernelSize })],
          [1, length],
        );
        const row = lastRow(model);
        const sizes = Array.from({ length: row.outputShape[1] }, (_, position) => {
          const [{ first, last }] = seenFrom(model, [position]);
          return last - first + 1;
        });
        expect(row.receptiveField).toEqual([Math.max(...sizes)]);
        expect(row.jump[0]).toBeCloseTo(length / cells, 12);
      }
    }
  });
});

describe('of images at another size', () => {
  test.each([
    { scale: 2 },
    { scale: 3 },
    { size: 25 },
    { scale: 2, mode: 'linear' },
    { size: 37, mode: 'linear' },
    { size: 31, mode: 'linear', alignCorners: true },
  ] as const)('%o: the widest field, and the line near the middles', (options) => {
    const model = build(
      [
        new Conv1d({ ...along, kernelSize: 3, stride: 2 }),
        new Upsample(options),
        new Conv1d({ ...along, kernelSize: 2 }),
      ],
      [1, 41],
    );
    const row = lastRow(model);
    const seen = Array.from({ length: row.outputShape[1] }, (_, position) => seenFrom(model, [position])[0]);
    expect(Math.max(...seen.map(({ first, last }) => last - first + 1))).toBe(row.receptiveField[0]);
    seen.slice(2, -2).forEach(({ first, last }, at) => {
      const line = row.start[0] + (at + 2) * row.jump[0];
      // One input of the layer is two pixels, behind the stride of 2.
      expect(Math.abs((first + last) / 2 - line)).toBeLessThan(2);
    });
  });

  test('a decoder gives the jump back that its encoder took', () => {
    const encoder = [new Conv1d({ ...along, kernelSize: 2, stride: 2 })];
    expect(lastRow(build([...encoder, new Upsample({ scale: 2 })], [1, 16]))).toMatchObject({
      outputShape: [1, 16],
      jump: [1],
      start: [0],
    });
  });
});

describe('behind the last image', () => {
  test('Flatten keeps the field, and Dense sees everything; there are no neighbours any more', () => {
    const model = build(
      [
        conv({ kernelSize: 3, stride: 2 }),
        new Flatten(),
        new Dense({ outFeatures: 2 }),
        new ReLU(),
        new Dense({ outFeatures: 2 }),
      ],
      [1, 9, 11],
    );
    const { rows } = summary(model);
    expect(rows.map(({ receptiveField }) => receptiveField)).toEqual([
      [3, 3],
      [3, 3],
      [9, 11],
      [9, 11],
      [9, 11],
    ]);
    expect(rows.slice(1).flatMap(({ jump, start }) => [...jump, ...start])).toEqual([]);
  });

  test('a global pooling sees everything, whether it keeps the axes or not', () => {
    const pooled = (keepDims: boolean) =>
      lastRow(build([conv({ kernelSize: 3 }), new GlobalAvgPool2d({ keepDims })], [1, 8, 9]));
    expect(pooled(true)).toMatchObject({ receptiveField: [8, 9], jump: [1, 1], start: [3.5, 4] });
    expect(pooled(false)).toMatchObject({ receptiveField: [8, 9], jump: [], start: [] });
  });

  test('without an image there is no field', () => {
    expect(lastRow(build([new Dense({ outFeatures: 2 })], [3]))).toMatchObject({
      receptiveField: [],
      jump: [],
      start: [],
    });
  });
});

describe('a layer of your own that does not say what it sees', () => {
  const silent: Layer = { type: 'Silent', kind: 'silent', parameters: [], build: (shape) => shape, call: (x) => x };

  test('leaves fields unknown behind it, and its cost', () => {
    const model = build([conv({ kernelSize: 3 }), silent, conv({ kernelSize: 3 })], [1, 8, 9]);
    const { rows } = summary(model);
    expect(rows.map(({ receptiveField, jump, isFieldKnown }) => [receptiveField, jump, isFieldKnown])).toEqual([
      [[3, 3], [1, 1], true],
      [[], [], false],
      [[], [], false],
    ]);
    expect(rows.map(({ isCostKnown, flops }) => [isCostKnown, flops > 0])).toEqual([
      [true, true],
      [false, false],
      [true, true],
    ]);
    expect(summary(model).explain('conv2')).not.toContain('receptive field:');
    expect(`\n${summary(model)}`).toMatchInlineSnapshot(`
      "
      layer    type    output     parameters     MACs    FLOPs    field  jump  start
      input            [1, 8, 9]
      conv1    Conv2d  [2, 6, 7]          18      756    1,512        3     1      1
      silent1  Silent  [2, 6, 7]           0  unknown  unknown  unknown
      conv2    Conv2d  [2, 4, 5]          36      720    1,440  unknown
      total                               54  ≥ 1,476  ≥ 2,952"
    `);
  });

  test('is described by methods of its own', () => {
    const told: Layer = { ...silent, window: () => 'position', cost: () => ({}) };
    const row = lastRow(build([conv({ kernelSize: 3 }), told], [1, 8, 8]));
    expect(row).toMatchObject({
      receptiveField: [3, 3],
      jump: [1, 1],
      flops: 0,
      isFieldKnown: true,
      isCostKnown: true,
    });
  });
});
