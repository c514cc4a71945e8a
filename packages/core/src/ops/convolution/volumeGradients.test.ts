import { expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives } from '../../../test/gradients.ts';
import { double, uniform } from '../../../test/numbers.ts';
import { conv3d, multiply, square, sum, Tape, type Tensor } from '../../index.ts';
import { convolve, filterGradient, inputGradient, type VolumeSizes } from './volumeGradients.ts';

const options = { stride: [2, 1, 1], padding: [1, 0, 1], dilation: [1, 1, 2], groups: 2 };
const [volumes, filters, outputs] = [
  [2, 2, 4, 3, 4],
  [4, 1, 3, 2, 2],
  [2, 4, 2, 2, 4],
];
const sizes: VolumeSizes = {
  slices: [2, 2, 4, 12, 2, 3, 2, 1, 1],
  images: [4, 6, 3, 4, 4, 2, 4, 2, 2, 1, 1, 0, 1, 1, 2, 2],
};
const [x, weight, g] = [volumes, filters, outputs].map((shape, seed) => double(uniform(shape, { seed })));

test('convolve is conv3d by sizes that are known', () => {
  expectClose(convolve({ x, weight }, outputs, sizes), conv3d(x, weight, options), 0);
});

test('a second derivative shows the options of the convolution that it is made of', () => {
  using tape = new Tape();
  const input = tape.watch(x);
  const first = tape.gradients(sum(square(conv3d(input, weight, options))), { differentiable: true });
  tape.gradients(sum(square(first.get(input))), { differentiable: true });
  const convolutions = tape.steps.filter(({ operation }) => operation === 'conv3d').map(({ attributes }) => attributes);
  expect(convolutions.length).toBeGreaterThan(1);
  expect(convolutions.at(-1)).toEqual(options);
});

test('all three are parts of one number, Σ g·conv(x, weight)', () => {
  const total = sum(multiply(g, conv3d(x, weight, options))).item();
  expect(sum(multiply(x, inputGradient(g, weight, volumes, sizes))).item()).toBeCloseTo(total, 12);
  expect(sum(multiply(weight, filterGradient(x, g, filters, sizes))).item()).toBeCloseTo(total, 12);
});

test.each<[string, number[], number[], (a: Tensor, b: Tensor) => Tensor]>([
  ['convolve', volumes, filters, (x, weight) => convolve({ x, weight }, outputs, sizes)],
  ['inputGradient', outputs, filters, (g, weight) => inputGradient(g, weight, volumes, sizes)],
  ['filterGradient', volumes, outputs, (x, g) => filterGradient(x, g, filters, sizes)],
])('derivatives of %s', (_, a, b, f) => {
  checkDerivatives(f, [uniform(a, { seed: 1 }), uniform(b, { seed: 2 })]);
});
