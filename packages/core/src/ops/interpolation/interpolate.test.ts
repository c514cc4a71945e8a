import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import { sizeOf } from '../../authors/index.ts';
import type { Shape, Tensor } from '../../index.ts';
import { tensor, zeros } from '../../tensor/create.ts';
import { interpolate } from './interpolate.ts';
import type { InterpolateOptions } from './resizedAxes.ts';

/** The numbers that PyTorch's were made from: ((7·i mod 11) - 5)/4. */
const made = (shape: Shape): Tensor =>
  tensor(
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => (((i * 7) % 11) - 5) / 4),
    { shape },
  );

interface Case {
  readonly shape: Shape;
  readonly options: InterpolateOptions;
  readonly values: readonly number[];
  /** By x, of Σ (i + 1)·y[i]. */
  readonly gradient: readonly number[];
}

const line = [1, 1, 4];
const image = [1, 1, 2, 3];
/** What torch.nn.functional.interpolate of PyTorch 2.13 gives in float64. */
const recorded: readonly Case[] = [
  { shape: line, options: { size: 7 }, values: [-1.25, -1.25, 0.5, 0.5, -0.5, -0.5, 1.25], gradient: [3, 7, 11, 7] },
  { shape: line, options: { size: 3 }, values: [-1.25, 0.5, -0.5], gradient: [1, 2, 3, 0] },
  { shape: line, options: { scale: 1.6 }, values: [-1.25, -1.25, 0.5, 0.5, -0.5, 1.25], gradient: [3, 7, 5, 6] },
  {
    shape: line,
    options: { size: 7, mode: 'linear' },
    values: [-1.25, -0.625, 0.375, 0, -0.375, 0.625, 1.25],
    gradient: [2.5, 5.5, 8.7857142857, 11.2142857143],
  },
  {
    shape: line,
    options: { size: 7, mode: 'linear', alignCorners: true },
    values: [-1.25, -0.375, 0.5, 0, -0.5, 0.375, 1.25],
    gradient: [2, 6, 10, 10],
  },
  {
    shape: line,
    options: { scale: 1.6, mode: 'linear' },
    values: [-1.25, -0.484375, 0.4375, -0.1875, 0.046875, 1.140625],
    gradient: [2.125, 4.9375, 6.75, 7.1875],
  },
  {
    shape: line,
    options: { scale: 1.6, mode: 'linear', alignCorners: true },
    values: [-1.25, -0.2, 0.3, -0.3, 0.2, 1.25],
    gradient: [1.8, 4.4, 6.8, 8],
  },
  { shape: line, options: { size: 1, mode: 'linear', alignCorners: true }, values: [-1.25], gradient: [1, 0, 0, 0] },
  {
    shape: line,
    options: { size: 3, mode: 'linear' },
    values: [-0.958333333333, 0, 0.958333333333],
    gradient: [0.8333333333, 1.1666666667, 1.5, 2.5],
  },
  {
    shape: image,
    options: { size: [3, 5], mode: 'bilinear' },
    values: [-1.25, -0.55, 0.5, -0.1, -0.5, 0, 0.15, 0.375, -0.225, -0.625, 1.25, 0.85, 0.25, -0.35, -0.75],
    gradient: [7.3, 12.6, 15.1, 23.3, 30.6, 31.1],
  },
  {
    shape: image,
    options: { size: [3, 5], mode: 'bilinear', alignCorners: true },
    values: [-1.25, -0.375, 0.5, 0, -0.5, 0, 0.1875, 0.375, -0.125, -0.625, 1.25, 0.75, 0.25, -0.25, -0.75],
    gradient: [6.75, 14, 14.25, 21.75, 34, 29.25],
  },
  {
    shape: image,
    options: { scale: [2, 1.5] },
    values: [-1.25, -1.25, 0.5, -0.5, -1.25, -1.25, 0.5, -0.5, 1.25, 1.25, 0.25, -0.75, 1.25, 1.25, 0.25, -0.75],
    gradient: [14, 10, 12, 46, 26, 28],
  },
  {
    shape: [1, 1, 2, 2, 2],
    options: { size: [3, 1, 3], mode: 'trilinear' },
    values: [-0.875, 0, 0.875, -0.125, 0.0625, 0.25, 0.625, 0.125, -0.375],
    gradient: [2.625, 4.125, 2.625, 4.125, 7.125, 8.625, 7.125, 8.625],
  },
];

test.each(recorded)('gives the numbers of PyTorch: $shape with $options', ({ shape, options, values, gradient }) => {
  const x = made(shape);
  const y = interpolate(x, options);
  expectClose(tensor(y.toFlatArray(), { shape: [y.size] }), values, 1e-11);
  const cotangent = values.map((_, i) => i + 1);
  const [byX] = gradientsOf((x) => interpolate(x, options), [x], cotangent);
  expectClose(double(byX), tensor(Float64Array.from(gradient), { shape }), 1e-9);
});

test.each(dataTypes)('doubles an image, in %s', (dtype) => {
  const x = tensor(
    [
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
    { dtype },
  );
  expect(interpolate(x, { scale: 2 }).toList()).toEqual([
    [
      [
        [1, 1, 2, 2],
        [1, 1, 2, 2],
        [3, 3, 4, 4],
        [3, 3, 4, 4],
      ],
    ],
  ]);
  const bent = interpolate(x, { scale: 2, mode: 'bilinear' });
  expect(bent.dtype).toBe(dtype);
  expectClose(
    bent,
    [
      [
        [
          [1, 1.25, 1.75, 2],
          [1.5, 1.75, 2.25, 2.5],
          [2.5, 2.75, 3.25, 3.5],
          [3, 3.25, 3.75, 4],
        ],
      ],
    ],
    0,
  );
  expect(interpolate(zeros([0, 3, 2], { dtype }), { size: 5, mode: 'linear' }).shape).toEqual([0, 3, 5]);
});

test('of the same size is x, and of a constant constant', () => {
  const options = fc.record({
    size: fc.integer({ min: 1, max: 9 }),
    mode: fc.constantFrom('nearest', 'bilinear'),
    isAligned: fc.boolean(),
  });
  fc.assert(
    fc.property(options, ({ size, mode, isAligned }) => {
      const alignCorners = isAligned && mode !== 'nearest';
      const x = tensor(uniform([1, 2, 4, 4], { seed: size }));
      expectSame(interpolate(x, { size: 4, mode, alignCorners }), x);
      const flat = interpolate(
        tensor([
          [
            [
              [3, 3],
              [3, 3],
            ],
          ],
        ]),
        { size, mode, alignCorners },
      );
      expectClose(flat, tensor(new Float64Array(size * size).fill(3), { shape: [1, 1, size, size] }), 1e-6);
      expectSame(interpolate(scattered(x), { size, mode, alignCorners }), interpolate(x, { size, mode, alignCorners }));
    }),
  );
});

test('has the derivatives of its formula', () => {
  const x = [uniform([1, 2, 3, 4])];
  for (const alignCorners of [false, true]) {
    checkDerivatives((x) => interpolate(x, { size: [5, 3], mode: 'bilinear', alignCorners }), x);
  }
  checkDerivatives((x) => interpolate(x, { scale: 1.5 }), x);
});

test('says what does not fit', () => {
  const x = zeros([1, 1, 4, 4]);
  expect(
    messagesOf({
      'no axis': () => interpolate(zeros([2, 3]), { size: 2 }),
      'an empty axis': () => interpolate(zeros([1, 1, 0]), { size: 2 }),
      'a mode for other axes': () => interpolate(x, { size: 2, mode: 'linear' }),
      'corners of nearest': () => interpolate(x, { size: 2, alignCorners: true }),
      'neither size nor scale': () => interpolate(x, {}),
      'size and scale': () => interpolate(x, { size: 2, scale: 2 }),
      'a scale that leaves nothing': () => interpolate(x, { scale: 0.2 }),
      'a size of 0': () => interpolate(x, { size: [0, 2] }),
      ended: () => interpolate(ended(), { size: 2 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a mode for other axes": "ValueError: interpolate: mode is 'linear', for the spatial axes height, width; wanted 'nearest' or 'bilinear', and alignCorners with the latter only. Take 'bilinear' to mix neighbours, 'nearest' to repeat them.",
      "a scale that leaves nothing": "ValueError: interpolate: size is undefined, scale is 0.2; wanted one of the two: a size in whole numbers, or a scale that leaves something of [4, 4]. Give \`size\` for a size that is known, \`scale: 2\` to double it whatever it is.",
      "a size of 0": "ValueError: interpolate: size is [0,2]; wanted a whole number of at least 1, or 2 of them. Give size as a number, or as [height, width].",
      "an empty axis": "ShapeError: interpolate: x is [1, 1, 0]; wanted at least one number along each spatial axis. Look at the layers before: something has cut everything away.",
      "corners of nearest": "ValueError: interpolate: mode is 'nearest' with alignCorners, for the spatial axes height, width; wanted 'nearest' or 'bilinear', and alignCorners with the latter only. Take 'bilinear' to mix neighbours, 'nearest' to repeat them.",
      "ended": "TapeError: interpolate: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      "neither size nor scale": "ValueError: interpolate: size is undefined, scale is undefined; wanted one of the two: a size in whole numbers, or a scale that leaves something of [4, 4]. Give \`size\` for a size that is known, \`scale: 2\` to double it whatever it is.",
      "no axis": "ShapeError: interpolate: x is [2, 3]; wanted [batch, channels, ...] with one to three spatial axes. Reshape it; a single input needs a batch axis of length 1.",
      "size and scale": "ValueError: interpolate: size is 2, scale is 2; wanted one of the two: a size in whole numbers, or a scale that leaves something of [4, 4]. Give \`size\` for a size that is known, \`scale: 2\` to double it whatever it is.",
    }
  `);
});
