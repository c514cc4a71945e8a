import { conv1d, conv2d, convTranspose2d, type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { Attributes } from '../attributes.ts';
import { Unsupported } from '../outcome.ts';
import { convolutions } from './convolutions.ts';
import { Node } from './node.ts';

/** 0, 1, 2, … in a shape. */
function counting(...shape: number[]): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(
    Float64Array.from({ length: size }, (_, i) => i),
    { shape },
  );
}

function ones(...shape: number[]): Tensor {
  return tensor(new Float64Array(counting(...shape).size).fill(1), { shape });
}

function run(op: string, inputs: readonly Tensor[], attributes: Readonly<Record<string, unknown>> = {}): Tensor {
  const values = inputs.map((input) => ({ tensor: input, dtype: 'float64' }) as const);
  const node = new Node({ op, opset: 22, outputCount: 1 }, values, new Attributes(attributes));
  const [output] = convolutions[op](node);
  node.checkAllRead();
  if (!output) throw new Error('there is no output');
  return output.tensor;
}

test('ConvTranspose of signals', () => {
  expect(run('ConvTranspose', [counting(1, 1, 3), ones(1, 2, 3)]).toList()).toEqual([
    [
      [0, 1, 3, 3, 2],
      [0, 1, 3, 3, 2],
    ],
  ]);
});

test('ConvTranspose with dilations', () => {
  const x = tensor(Float64Array.of(3, 8, 1, 9, 5, 7, 3, 2, 6), { shape: [1, 1, 3, 3] });
  const weight = tensor(Float64Array.of(7, 2, 1, 9), { shape: [1, 1, 2, 2] });
  expect(run('ConvTranspose', [x, weight], { dilations: [2, 2] }).toList()).toEqual([
    [
      [
        [21, 56, 13, 16, 2],
        [63, 35, 67, 10, 14],
        [24, 22, 76, 76, 21],
        [9, 5, 88, 45, 63],
        [3, 2, 33, 18, 54],
      ],
    ],
  ]);
});

test('ConvTranspose to an output shape, which may be larger than what the numbers reach, and with output padding', () => {
  const rows = [
    [0, 0, 1, 1, 3, 2, 2, 0],
    [3, 3, 7, 4, 9, 5, 5, 0],
    [6, 6, 13, 7, 15, 8, 8, 0],
  ];
  const wanted = [...rows.flatMap((row) => [row, row, row]), new Array(8).fill(0)];
  const inputs = [counting(1, 1, 3, 3), ones(1, 1, 3, 3)];
  for (const outputs of [{ output_shape: [10, 8] }, { output_shape: [1, 1, 10, 8] }, { output_padding: [1, 1] }]) {
    expect(run('ConvTranspose', inputs, { strides: [3, 2], ...outputs }).toList()).toEqual([[wanted]]);
  }
});

test('ConvTranspose puts an odd cell of padding at the end for SAME_UPPER, else at the beginning', () => {
  const [x, weight] = [counting(1, 1, 3, 3), counting(1, 1, 3, 3)];
  const cut = (before: number, after: number) =>
    convTranspose2d(x, weight, {
      stride: 2,
      padding: [
        [before, after],
        [before, after],
      ],
    }).toList();
  const strides = [2, 2];
  const shape = [6, 6];
  expect(run('ConvTranspose', [x, weight], { strides, auto_pad: 'SAME_UPPER' }).toList()).toEqual(cut(0, 1));
  expect(run('ConvTranspose', [x, weight], { strides, auto_pad: 'SAME_LOWER' }).toList()).toEqual(cut(1, 0));
  expect(run('ConvTranspose', [x, weight], { strides, output_shape: shape }).toList()).toEqual(cut(1, 0));
  expect(run('ConvTranspose', [x, weight], { strides, auto_pad: 'VALID' }).toList()).toEqual(cut(0, 0));
});

test('Conv with automatic padding, on one axis and on two', () => {
  const [x, weight] = [counting(1, 1, 6), counting(1, 1, 3)];
  const upper = run('Conv', [x, weight], { auto_pad: 'SAME_UPPER', strides: [2] });
  expect(upper.toList()).toEqual(conv1d(x, weight, { stride: 2, padding: [0, 1] }).toList());
  const lower = run('Conv', [x, weight], { auto_pad: 'SAME_LOWER', strides: [2] });
  expect(lower.toList()).toEqual(conv1d(x, weight, { stride: 2, padding: [1, 0] }).toList());
  const [image, filter] = [counting(1, 1, 4, 5), counting(1, 1, 2, 3)];
  const same = run('Conv', [image, filter], { auto_pad: 'SAME_UPPER', kernel_shape: [2, 3] });
  expect(same.toList()).toEqual(conv2d(image, filter, { padding: 'same' }).toList());
});

test('what is not built is named, and what contradicts itself is refused', () => {
  const volume = counting(1, 1, 2, 2, 2, 2);
  expect(() => run('Conv', [volume, volume])).toThrow('4-D Conv not built yet');
  expect(() => run('DeformConv', [counting(1, 1, 4), ones(1, 1, 2), ones(1, 4, 3)])).toThrow(
    '1-D DeformConv not built yet',
  );
  expect(() => run('ConvTranspose', [counting(1, 1, 3), ones(1, 1, 2)], { output_shape: [9] })).toThrow(Unsupported);
  expect(() => run('Conv', [counting(1, 1, 4), ones(1, 1, 2)], { kernel_shape: [3] })).toThrow(
    'kernel_shape [3] for a weight',
  );
  expect(() => run('Conv', [counting(1, 1, 4), ones(1, 1, 2)], { pads: [1] })).toThrow('pads has 1 numbers, wanted 2');
  expect(() => run('Conv', [counting(1, 1, 4), ones(1, 1, 2)], { blur: 1 })).toThrow('option blur');
});
