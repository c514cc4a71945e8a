import { gradcheck, Random, square, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { summary } from '../summary/summaryFor.ts';
import { Conv1d } from './conv1d.ts';
import { Conv2d } from './conv2d.ts';
import { Conv3d } from './conv3d.ts';
import type { ConvolutionPaddingMode } from './convolutionLayer.ts';
import { ConvTranspose2d } from './convTranspose2d.ts';
import { DeformConv2d } from './deformConv2d.ts';
import type { Layer } from './layer.ts';
import { Pad } from './pad.ts';
import { Sequential } from './sequential.ts';

const context = { name: 'conv1', random: new Random(1), dtype: 'float64' } as const;
const modes = ['reflect', 'replicate', 'circular'] as const;
const any = (options: unknown): never => options as never;

/** A layer, with a filter of one's own. */
function withNumbers<Built extends Layer>(
  layer: Built,
  inputShape: readonly number[],
  ...numbers: readonly Tensor[]
): Built {
  layer.build(inputShape, context);
  for (const [index, parameter] of layer.parameters.entries()) parameter.assign(numbers[index]);
  return layer;
}

describe('numbers and gradients of PyTorch 2.13:', () => {
  const squares = Array.from({ length: 20 }, (_, i) => (i * i) / 10);
  const x = tensor(squares, { shape: [1, 1, 4, 5], dtype: 'float64' });
  const weight = tensor([1, -2, 3, 0.5, 1, -1, 2, 0, -0.25], { shape: [1, 1, 3, 3], dtype: 'float64' });
  const bias = tensor([0.5], { dtype: 'float64' });
  const wanted: Readonly<Record<ConvolutionPaddingMode, readonly (readonly number[])[]>> = {
    reflect: [
      [
        29.775, 29.35, 34.775, 41.05, 35.375, 22.775, 17.85, 22.775, 28.55, 35.375, 59.775, 53.85, 63.775, 74.55,
        78.375,
      ],
      [62, 399.6625, 222.625, 411.875, 9.275],
    ],
    replicate: [
      [0.675, 1.1, 2.025, 3.8, 4.85, 17.925, 17.85, 22.775, 28.55, 35.1, 73.55, 75.225, 86.9, 99.425, 108.975],
      [10.925, 96.0375, 99.5, 126.0875, 262.075],
    ],
    circular: [
      [54.525, 37.35, 43.775, 51.05, 39.8, 41.525, 17.85, 22.775, 28.55, 38.3, 54.525, 37.35, 43.775, 51.05, 39.8],
      [358.4, 518.975, 444.15, 373.675, 486.3],
    ],
    zeros: [
      [0.475, 0.4, 0.475, 0.9, 2.3, -3.325, 17.85, 22.775, 28.55, 43.3, 13.7, 37.45, 43.8, 50.65, 30.5],
      [50.6, -44.1375, 76.5, 118.0125, -2.35],
    ],
  };

  test.each(Object.entries(wanted))('%s', (mode, [outputs, gradients]) => {
    const options = { outChannels: 1, kernelSize: 3, stride: [2, 1], padding: [2, 1] } as const;
    const paddingMode = mode as ConvolutionPaddingMode;
    const conv = withNumbers(new Conv2d({ ...options, paddingMode }), [1, 4, 5], weight, bias);
    using tape = new Tape();
    const watched = tape.watch(x);
    const y = conv.call(watched);
    expect(y.shape).toEqual([1, 1, 3, 5]);
    const found = [y, tape.gradients(sum(square(y)), { withRespectTo: [watched] }).get(watched)];
    const [values, slopes] = found.map((numbers) => Array.from(numbers.toFlatArray()));
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo(outputs[i], 9);
    for (const [i, slope] of gradients.entries()) expect(slopes[i]).toBeCloseTo(slope, 9);
  });
});

describe.each(modes)('%s', (mode) => {
  test.each([
    ['Conv1d', Conv1d, [2, 6]],
    ['Conv2d', Conv2d, [2, 6, 5]],
    ['Conv3d', Conv3d, [2, 5, 4, 5]],
  ] as const)('%s is a Pad before one without padding', (_, Conv, inputShape) => {
    const options = { outChannels: 2, kernelSize: 3, dilation: 1 } as const;
    const padding = inputShape.slice(1).map((_, axis) => [axis === 0 ? 2 : 1, 1] as const);
    const own = new Conv({ ...options, padding, paddingMode: mode });
    expect(own.build(inputShape, context)).toEqual([
      2,
      ...inputShape.slice(1).map((length, axis) => length + (axis === 0 ? 1 : 0)),
    ]);
    const pad = new Pad({ padding, mode });
    const plain = new Conv(options);
    plain.build(pad.build(inputShape, context), context);
    for (const [index, parameter] of plain.parameters.entries()) parameter.assign(own.parameters[index]);
    const x = tensor(uniform([3, ...inputShape]));
    expect(own.call(x)).toEqual(plain.call(pad.call(x)));
  });

  test('has the gradients of differences', () => {
    const conv = new Conv2d({ outChannels: 2, kernelSize: 3, padding: 1, paddingMode: mode });
    conv.build([1, 4, 3], context);
    expect(gradcheck((x) => conv.call(x), [uniform([2, 1, 4, 3])]).kinks).toEqual([]);
  });

  test("knows 'same' and padding of nothing", () => {
    const same = new Conv2d({ outChannels: 1, kernelSize: [2, 3], padding: 'same', paddingMode: mode });
    expect(same.build([1, 5, 5], context)).toEqual([1, 5, 5]);
    const none = new Conv2d({ outChannels: 1, kernelSize: 3, paddingMode: mode });
    expect(none.build([1, 5, 5], context)).toEqual([1, 3, 3]);
  });

  test('costs and sees what padding by zeros does', () => {
    const summaryBy = (paddingMode: ConvolutionPaddingMode): string =>
      String(
        summary(
          new Sequential([new Conv2d({ outChannels: 2, kernelSize: 3, padding: 1, paddingMode })], {
            inputShape: [1, 6, 6],
            random: new Random(1),
          }),
        ),
      );
    expect(summaryBy(mode)).toBe(summaryBy('zeros'));
  });
});

test('every message', () => {
  const options = { outChannels: 1, kernelSize: 3, padding: 3 };
  expect(
    messagesOf({
      'a mode that is none': () => new Conv2d({ ...options, paddingMode: any('mirror') }),
      'a mode of pad alone': () => new Conv2d({ ...options, paddingMode: any('constant') }),
      'a number': () => new Conv2d({ ...options, paddingMode: any(1) }),
      'what every object has': () => new Conv2d({ ...options, paddingMode: any('toString') }),
      'images too small for a mirror': () =>
        new Conv2d({ ...options, paddingMode: 'reflect' }).build([1, 3, 3], context),
      'a transposed convolution': () => new ConvTranspose2d(any({ ...options, paddingMode: 'reflect' })),
      'a deformable convolution': () => new DeformConv2d(any({ ...options, paddingMode: 'reflect' })),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a deformable convolution": "ValueError: DeformConv2d: an option called paddingMode; wanted outChannels, kernelSize, bias, initialiser, biasInitialiser, stride, padding, dilation, groups, offsetGroups, modulated. Perhaps padding is meant.",
      "a mode of pad alone": "ValueError: Conv2d: paddingMode is the text 'constant'; wanted 'zeros', 'reflect', 'replicate', 'circular'. Leave it out for 'zeros'.",
      "a mode that is none": "ValueError: Conv2d: paddingMode is the text 'mirror'; wanted 'zeros', 'reflect', 'replicate', 'circular'. Leave it out for 'zeros'.",
      "a number": "ValueError: Conv2d: paddingMode is the number 1; wanted 'zeros', 'reflect', 'replicate', 'circular'. Leave it out for 'zeros'.",
      "a transposed convolution": "ValueError: ConvTranspose2d: an option called paddingMode; wanted outChannels, kernelSize, bias, initialiser, biasInitialiser, stride, padding, dilation, groups, outputPadding, outputSize. Perhaps padding is meant.",
      "images too small for a mirror": "ShapeError: conv1: x is [1, 1, 3, 3], with 3 more by 'reflect' along axis 2; wanted fewer than there are along the axis. Put fewer, or take 'replicate' or 'circular'.",
      "what every object has": "ValueError: Conv2d: paddingMode is the text 'toString'; wanted 'zeros', 'reflect', 'replicate', 'circular'. Leave it out for 'zeros'.",
    }
  `);
});
