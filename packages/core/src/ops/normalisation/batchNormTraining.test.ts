import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { naiveAffine, naiveNormalised } from '../../../test/normalised.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import { sizeOf } from '../../authors/index.ts';
import { batchNorm, batchNormTraining, type Shape, tensor, zeros } from '../../index.ts';

const shapes = fc
  .tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 3 }),
    fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
  )
  .map(([batch, channels, spatial]): Shape => [batch, channels, ...spatial])
  .filter((shape) => sizeOf(shape) / shape[1] >= 2);

describe('values', () => {
  test('by hand', () => {
    const x = [
      [1, 5],
      [3, 5],
    ];
    const { output, mean, variance, count } = batchNormTraining(x, { epsilon: 0.25, weight: [1, 2], bias: [0, 7] });
    expectClose(
      output,
      [
        [-1 / Math.sqrt(1.25), 7],
        [1 / Math.sqrt(1.25), 7],
      ],
      1e-7,
    );
    expect([mean.toList(), variance.toList(), count]).toEqual([[2, 5], [1, 0], 2]);
  });

  test.each(dataTypes)('agree with loops for any number of axes, in %s', (dtype) => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const x = tensor(uniform(shape), { dtype });
        const [weight, bias] = [2, 3].map((seed) => tensor(uniform([shape[1]], { seed }), { dtype }));
        const channel = (position: readonly number[]): number => position[1];
        const wanted = naiveNormalised(x, (position) => String(channel(position)));
        const got = batchNormTraining(x, { weight, bias });
        expect(got.output.dtype).toBe(dtype);
        expect(got.count).toBe(sizeOf(shape) / shape[1]);
        const scaled = naiveAffine(wanted.output, weight.toFlatArray(), bias.toFlatArray(), channel);
        expectClose(got.output, scaled, dtype === 'float64' ? 1e-11 : 1e-4);
        expectClose(double(got.mean.toFlatArray()), Float64Array.from(wanted.mean.values()), 1e-6);
        expectClose(double(got.variance.toFlatArray()), Float64Array.from(wanted.variance.values()), 1e-6);
        expectClose(batchNormTraining(scattered(x), { weight, bias }).output, got.output, 0);
      }),
    );
  });

  test('are those of batchNorm with the statistics of the batch', () => {
    const x = double(uniform([3, 2, 4]));
    const { output, mean, variance } = batchNormTraining(x);
    expectClose(batchNorm(x, { mean, variance }), output, 1e-14);
  });

  test('of a constant channel are the bias', () => {
    expect(batchNormTraining([[3], [3], [3]], { weight: [5], bias: [2] }).output.toList()).toEqual([[2], [2], [2]]);
  });
});

describe('gradient', () => {
  test('by every input agrees with differences, once and twice', () => {
    const point = [uniform([3, 2, 2]), uniform([2], { seed: 2 }), uniform([2], { seed: 3 })];
    checkDerivatives((x, weight, bias) => batchNormTraining(x, { weight, bias }).output, point);
    checkDerivatives((x) => batchNormTraining(x).mean, point.slice(0, 1));
    checkDerivatives((x) => batchNormTraining(x).variance, point.slice(0, 1));
  });

  test('is blind to a shift and, but for epsilon, to the scale of a channel', () => {
    const x = double(uniform([8, 3]));
    const g = [...uniform([8, 3], { seed: 2 }).data];
    const [gradient] = gradientTensors((x) => batchNormTraining(x, { epsilon: 0 }).output, [x], g);
    for (let channel = 0; channel < 3; channel++) {
      let [shift, scale] = [0, 0];
      for (let n = 0; n < 8; n++) {
        shift += gradient.view.get(n, channel);
        scale += gradient.view.get(n, channel) * x.view.get(n, channel);
      }
      expect(Math.abs(shift)).toBeLessThan(1e-13);
      expect(Math.abs(scale)).toBeLessThan(1e-13);
    }
  });
});

test('every message', () => {
  const x = zeros([2, 3, 4]);
  expect(
    messagesOf({
      'no channels': () => batchNormTraining([1, 2]),
      'one number in each channel': () => batchNormTraining(zeros([1, 3])),
      'no number': () => batchNormTraining(zeros([0, 3, 4])),
      'other weight': () => batchNormTraining(x, { weight: [1, 2] }),
      'other bias': () => batchNormTraining(x, { bias: zeros([1, 3]) }),
      'infinite epsilon': () => batchNormTraining(x, { epsilon: Infinity }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "infinite epsilon": "ValueError: batchNormTraining: epsilon is Infinity; wanted a number of at least 0. Leave it out for 1e-5.",
      "no channels": "ShapeError: batchNormTraining: x is [2]; wanted [batch, channels, ...], with the channels on axis 1. Reshape it; a single input needs a batch axis of length 1.",
      "no number": "ValueError: batchNormTraining: x is [0, 3, 4], with no number in each channel; wanted at least two numbers in each channel, for one alone has no variance. Use larger batches, drop a last batch of one, or use \`batchNorm\` with given statistics.",
      "one number in each channel": "ValueError: batchNormTraining: x is [1, 3], with one number in each channel; wanted at least two numbers in each channel, for one alone has no variance. Use larger batches, drop a last batch of one, or use \`batchNorm\` with given statistics.",
      "other bias": "ShapeError: batchNormTraining: bias is [1, 3], x is [2, 3, 4]; wanted bias of shape [3], one number for each channel. Check that x has its channels on axis 1.",
      "other weight": "ShapeError: batchNormTraining: weight is [2], x is [2, 3, 4]; wanted weight of shape [3], one number for each channel. Check that x has its channels on axis 1.",
    }
  `);
});
