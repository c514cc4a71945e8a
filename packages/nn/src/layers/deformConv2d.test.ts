import { conv2d, deformConv2d, multiply, Parameter, Random, sigmoid, slice, sum, Tape, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectClose, expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { DeformConv2d, type DeformConv2dLayerOptions } from './deformConv2d.ts';
import { Sequential } from './sequential.ts';

const context = { name: 'conv2', random: new Random(1), dtype: 'float64' } as const;
const x = tensor(uniform([3, 4, 6, 7]));
const window = { stride: [2, 1], padding: 1, dilation: [1, 2] } as const;

function built(options: Partial<DeformConv2dLayerOptions>): DeformConv2d {
  const conv = new DeformConv2d({
    outChannels: 4,
    kernelSize: [2, 3],
    groups: 2,
    offsetGroups: 2,
    ...window,
    ...options,
  });
  expect(conv.build([4, 6, 7], context)).toEqual([4, 4, 5]);
  return conv;
}

/** Gives the second convolution numbers of its own, as training would. */
function train(conv: DeformConv2d): void {
  for (const parameter of conv.parameters.slice(-2)) {
    parameter.assign(tensor(uniform(parameter.shape, { low: -0.5, high: 0.5 })));
  }
}

describe('the second convolution', () => {
  test('has two numbers for each element of the kernel, modulated three, all of them 0 at first', () => {
    for (const [modulated, count] of [
      [false, 24],
      [true, 36],
    ] as const) {
      const [, , weight, bias] = built({ modulated }).parameters;
      expect([weight.name, weight.shape]).toEqual(['conv2.offset.weight', [count, 4, 2, 3]]);
      expect([bias.name, bias.shape]).toEqual(['conv2.offset.bias', [count]]);
      expect([...weight.toFlatArray(), ...bias.toFlatArray()].every((number) => number === 0)).toBe(true);
    }
  });

  test('moves nothing at first: the layer is a conv2d, modulated with half its weight', () => {
    const plain = built({});
    const [weight, bias] = plain.parameters;
    expectClose(plain.call(x), conv2d(x, weight, { bias, groups: 2, ...window }), 1e-14);
    const modulated = built({ modulated: true, bias: false });
    const half = multiply(conv2d(x, modulated.parameters[0], { groups: 2, ...window }), 0.5);
    expectClose(modulated.call(x), half, 1e-14);
  });

  test('says where `deformConv2d` reads', () => {
    const conv = built({});
    train(conv);
    const [weight, bias, offsetWeight, offsetBias] = conv.parameters;
    const offset = conv2d(x, offsetWeight, { bias: offsetBias, ...window });
    expectSame(conv.call(x), deformConv2d(x, offset, weight, { bias, groups: 2, offsetGroups: 2, ...window }));
  });

  test('modulated, says how much each number counts as well', () => {
    const conv = built({ modulated: true });
    train(conv);
    const [weight, bias, offsetWeight, offsetBias] = conv.parameters;
    const moved = conv2d(x, offsetWeight, { bias: offsetBias, ...window });
    const mask = sigmoid(slice(moved, [null, [24, 36]]));
    const options = { mask, bias, groups: 2, offsetGroups: 2, ...window };
    expectSame(conv.call(x), deformConv2d(x, slice(moved, [null, [0, 24]]), weight, options));
  });

  test('learns: a gradient reaches every parameter', () => {
    const model = new Sequential([new DeformConv2d({ outChannels: 2, kernelSize: 3, modulated: true })], {
      inputShape: [4, 6, 7],
      random: new Random(1),
      dtype: 'float64',
    });
    expect(model.parameters.map(({ name }) => name)).toEqual([
      'conv1.weight',
      'conv1.bias',
      'conv1.offset.weight',
      'conv1.offset.bias',
    ]);
    using tape = new Tape();
    const gradients = tape.gradients(sum(model.call(tape.constant(x))));
    for (const parameter of model.parameters) {
      expect(parameter).toBeInstanceOf(Parameter);
      expect(
        gradients
          .get(parameter)
          .toFlatArray()
          .some((number) => Math.abs(number) > 1e-3),
      ).toBe(true);
    }
  });
});

test('refuses what does not fit, in its own name', () => {
  const build = (options: Partial<DeformConv2dLayerOptions>, inputShape = [4, 5, 5]) =>
    new DeformConv2d({ outChannels: 4, kernelSize: 3, ...options }).build(inputShape, context);
  expect(
    messagesOf({
      'offset groups that divide nothing': () => build({ offsetGroups: 3 }),
      'no offset groups': () => build({ offsetGroups: 0 }),
      'a scalar': () => build({}, []),
      'no kernel': () => build({ kernelSize: 0 }),
      'a kernel too large': () => build({ kernelSize: [3, 6] }),
      'no stride': () => build({ stride: 0 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a kernel too large": "ShapeError: conv2: width 5 with padding 0 + 0 under a window of 6; wanted an input at least as large as the window. Use a kernel of at most 5, or more padding.",
      "a scalar": "ShapeError: conv2: inputs of shape []; wanted [channels, height, width], without the batch axis. Put the layer before Flatten, or give the model inputs with a channel axis.",
      "no kernel": "ValueError: conv2: kernelSize is 0; wanted a whole number of at least 1, or 2 of them. Give kernelSize as a number, or as [height, width].",
      "no offset groups": "ValueError: conv2: offsetGroups is 0, with 4 input channels; wanted a whole number that divides them. Use 1, where all channels share their offsets.",
      "no stride": "ValueError: conv2: stride is 0; wanted a whole number of at least 1, or 2 of them. Give stride as a number, or as [height, width].",
      "offset groups that divide nothing": "ValueError: conv2: offsetGroups is 3, with 4 input channels; wanted a whole number that divides them. Use 1, where all channels share their offsets.",
    }
  `);
});
