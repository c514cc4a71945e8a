import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives } from '../../../test/gradients.ts';
import { double, uniform } from '../../../test/numbers.ts';
import { conv2d, multiply, square, sum, Tape, type Tensor } from '../../index.ts';
import type { ConvolutionSizes } from '../../kernels/patches.ts';
import { convolve, filterGradient, inputGradient } from './convolutionGradients.ts';

const options = {
  stride: [2, 1],
  padding: [
    [1, 0],
    [0, 2],
  ],
  dilation: [1, 2],
  groups: 2,
} as const;
const [images, filters, outputs] = [
  [2, 4, 5, 6],
  [6, 2, 2, 3],
  [2, 6, 3, 4],
];
const sizes: ConvolutionSizes = [2, 4, 5, 6, 6, 3, 4, 2, 3, 2, 1, 1, 0, 1, 2, 2];
const point = [uniform(images), uniform(filters, { seed: 2 }), uniform(outputs, { seed: 3 })];
const [x, weight, g] = point.map(double);

test('convolve is conv2d by sizes that are known', () => {
  expectClose(convolve({ x, weight }, outputs, sizes), conv2d(x, weight, options), 0);
});

test('a second derivative shows the options of the convolution that it is made of', () => {
  using tape = new Tape();
  const input = tape.watch(x);
  const first = tape.gradients(sum(square(conv2d(input, weight, options))), { differentiable: true });
  tape.gradients(sum(square(first.get(input))), { differentiable: true });
  const convolutions = tape.steps.filter(({ operation }) => operation === 'conv2d').map(({ attributes }) => attributes);
  expect(convolutions.length).toBeGreaterThan(1);
  expect(new Set(convolutions.map((attributes) => String(attributes.groups)))).toEqual(new Set(['2']));
  expect(convolutions.at(-1)).toEqual({ stride: [2, 1], padding: [1, 0], dilation: [1, 2], groups: 2 });
});

test('all three are parts of one number, Σ g·conv(x, weight)', () => {
  const total = sum(multiply(g, conv2d(x, weight, options))).item();
  expect(sum(multiply(x, inputGradient(g, weight, images, sizes))).item()).toBeCloseTo(total, 12);
  expect(sum(multiply(weight, filterGradient(x, g, filters, sizes))).item()).toBeCloseTo(total, 12);
});

describe('first and second derivatives', () => {
  test.each<[string, (a: Tensor, b: Tensor) => Tensor, (typeof point)[number][]]>([
    ['convolve', (x, weight) => convolve({ x, weight }, outputs, sizes), [point[0], point[1]]],
    ['inputGradient', (g, weight) => inputGradient(g, weight, images, sizes), [point[2], point[1]]],
    ['filterGradient', (x, g) => filterGradient(x, g, filters, sizes), [point[0], point[2]]],
  ])('%s', (_, f, inputs) => {
    checkDerivatives(f, inputs);
  });
});
