import { Random, type Shape } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { ReLU, Sigmoid, Softmax } from '../index.ts';
import { BatchNorm } from '../layers/batchNorm.ts';
import { Conv2d } from '../layers/conv2d.ts';
import { ConvTranspose2d } from '../layers/convTranspose2d.ts';
import { DeformConv2d } from '../layers/deformConv2d.ts';
import { Dense } from '../layers/dense.ts';
import { DropBlock } from '../layers/dropBlock.ts';
import { Dropout } from '../layers/dropout.ts';
import { Embedding } from '../layers/embedding.ts';
import { Flatten } from '../layers/flatten.ts';
import { GroupNorm } from '../layers/groupNorm.ts';
import type { Layer } from '../layers/layer.ts';
import { LayerNorm } from '../layers/layerNorm.ts';
import {
  AdaptiveAvgPool2d,
  AvgPool1d,
  AvgPool2d,
  GlobalAvgPool2d,
  GlobalMaxPool2d,
  MaxPool1d,
  MaxPool2d,
} from '../layers/pooling.ts';
import { Sequential } from '../layers/sequential.ts';
import { summary } from './summaryFor.ts';

/** Multiply-accumulates, FLOPs, comparisons and evaluations of one layer. */
function costs(layer: Layer, inputShape: Shape): number[] {
  const [row] = summary(new Sequential([layer], { inputShape, random: new Random(1) })).rows;
  return [row.multiplyAccumulates, row.flops, row.comparisons, row.evaluations];
}

const image = [4, 6, 8];
const size = 4 * 6 * 8;

describe('counted by hand', () => {
  test.each<[string, Layer, Shape, number[]]>([
    ['Dense', new Dense({ outFeatures: 5 }), [7], [35, 75, 0, 0]],
    ['Dense without bias', new Dense({ outFeatures: 5, bias: false }), [7], [35, 70, 0, 0]],
    // 6·2·3 outputs, each of 2 channels of 3 × 3.
    [
      'Conv2d',
      new Conv2d({ outChannels: 6, kernelSize: 3, stride: 2, groups: 2 }),
      image,
      [36 * 18, 72 * 18 + 36, 0, 0],
    ],
    [
      'ConvTranspose2d',
      new ConvTranspose2d({ outChannels: 2, kernelSize: 2, stride: 2 }),
      image,
      [size * 8, 2 * size * 8 + 2 * 12 * 16, 0, 0],
    ],
    ['MaxPool2d', new MaxPool2d({ kernelSize: [2, 4] }), image, [0, 0, 4 * 3 * 2 * 7, 0]],
    ['AvgPool2d', new AvgPool2d({ kernelSize: [2, 4] }), image, [0, 4 * 3 * 2 * 8, 0, 0]],
    ['MaxPool1d', new MaxPool1d({ kernelSize: 3 }), [2, 9], [0, 0, 2 * 3 * 2, 0]],
    ['AvgPool1d', new AvgPool1d({ kernelSize: 3 }), [2, 9], [0, 2 * 3 * 3, 0, 0]],
    ['GlobalMaxPool2d', new GlobalMaxPool2d(), image, [0, 0, 4 * 47, 0]],
    ['GlobalAvgPool2d', new GlobalAvgPool2d({ keepDims: true }), image, [0, size, 0, 0]],
    // Cells of 2 + 2 + 2 rows and, overlapping, of 2 + 2 + 2 + 2 + 2 columns of 8.
    ['AdaptiveAvgPool2d', new AdaptiveAvgPool2d({ outputSize: [3, 5] }), image, [0, 4 * 6 * 12, 0, 0]],
    ['BatchNorm', new BatchNorm(), image, [size, 2 * size, 0, 0]],
    ['GroupNorm', new GroupNorm({ groups: 2 }), image, [2 * size, 7 * size, 0, 0]],
    ['LayerNorm', new LayerNorm({ affine: false }), image, [size, 5 * size, 0, 0]],
    ['ReLU', new ReLU(), image, [0, 0, 0, size]],
    ['Sigmoid', new Sigmoid(), [3], [0, 0, 0, 3]],
    ['Softmax', new Softmax(), [3], [0, 0, 0, 3]],
  ])('%s', (_, layer, inputShape, wanted) => {
    expect(costs(layer, inputShape)).toEqual(wanted);
  });

  test('Embedding, Flatten, Dropout and DropBlock only pass numbers on', () => {
    expect(costs(new Embedding({ count: 9, features: 3 }), [4])).toEqual([0, 0, 0, 0]);
    expect(costs(new Flatten(), image)).toEqual([0, 0, 0, 0]);
    expect(costs(new Dropout(), image)).toEqual([0, 0, 0, 0]);
    expect(costs(new DropBlock({ blockSize: 2 }), image)).toEqual([0, 0, 0, 0]);
  });

  test('DeformConv2d reads between pixels, and makes its offsets', () => {
    // 4·6 positions, a kernel of 9, 4 channels: 864 numbers are read.
    const [positions, kernel, samples] = [24, 9, 864];
    const [own, offsets] = [6 * positions * 2 * kernel, 36 * positions * 4 * kernel];
    const deformed = new DeformConv2d({ outChannels: 6, kernelSize: 3, groups: 2, offsetGroups: 2 });
    const products = own + offsets + 4 * samples;
    expect(costs(deformed, image)).toEqual([products, 2 * products + 6 * positions + 36 * positions, 0, 0]);
    const modulated = new DeformConv2d({ outChannels: 6, kernelSize: 3, bias: false, modulated: true });
    const more = 6 * positions * 4 * kernel + 27 * positions * 4 * kernel + 4 * samples;
    expect(costs(modulated, image)).toEqual([more, 2 * more + 27 * positions + samples, 0, kernel * positions]);
  });
});
