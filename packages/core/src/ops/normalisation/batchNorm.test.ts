import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, positions, scattered, uniform } from '../../../test/numbers.ts';
import { batchNorm, Parameter, type Shape, sum, Tape, tensor, zeros } from '../../index.ts';

const shapes = fc
  .tuple(fc.nat(3), fc.nat(3), fc.array(fc.nat(4), { maxLength: 3 }))
  .map(([batch, channels, spatial]): Shape => [batch, channels, ...spatial]);

/** Mean, variance, weight and bias for some channels. */
const statistics = (channels: number) => ({
  mean: uniform([channels], { seed: 2 }),
  variance: uniform([channels], { low: 0.1, high: 2, seed: 3 }),
  weight: uniform([channels], { seed: 4 }),
  bias: uniform([channels], { seed: 5 }),
});

describe('values', () => {
  test('by hand', () => {
    const x = [[1, 10]];
    expect(batchNorm(x, { mean: [3, 4], variance: [4, 9], epsilon: 0 }).toList()).toEqual([[-1, 2]]);
    const affine = { weight: [2, 3], bias: [10, 20] };
    expect(batchNorm(x, { mean: [3, 4], variance: [3, 8], epsilon: 1, ...affine }).toList()).toEqual([[8, 26]]);
    expect(batchNorm(x, { mean: [3, 4], variance: [4, 9], epsilon: 0, bias: [1, 1] }).toList()).toEqual([[0, 3]]);
  });

  test.each(dataTypes)('agree with the formula for any number of axes, in %s', (dtype) => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const x = tensor(uniform(shape), { dtype });
        const own = statistics(shape[1]);
        const typed = Object.fromEntries(Object.entries(own).map(([name, of]) => [name, tensor(of, { dtype })]));
        const options = { mean: typed.mean, variance: typed.variance, weight: typed.weight, bias: typed.bias };
        const wanted = [...positions(shape)].map((place) => {
          const [mean, variance, weight, bias] = Object.values(own).map((of) => of.get(place[1]));
          return ((x.view.get(...place) - mean) / Math.sqrt(variance + 1e-5)) * weight + bias;
        });
        const y = batchNorm(x, options);
        expect(y.dtype).toBe(dtype);
        expectClose(y, tensor(Float64Array.from(wanted), { shape }), dtype === 'float64' ? 1e-13 : 1e-5);
        expectClose(batchNorm(scattered(x), options), y, 0);
      }),
    );
  });

  test('a variance of 0 is held up by epsilon; NaN stays in its channel', () => {
    expectClose(batchNorm([[1, 1]], { mean: [0, 1], variance: [0, 0] }), [[Math.sqrt(1e5), 0]], 1e-6);
    const x = [[Number.NaN, 1, Infinity]];
    const one = { mean: [0, 0, 0], variance: [1, 1, 1], epsilon: 0 };
    expect(batchNorm(x, one).toList()).toEqual([[Number.NaN, 1, Infinity]]);
  });
});

describe('gradient', () => {
  test('by every input agrees with differences, once and twice', () => {
    const { mean, variance, weight, bias } = statistics(3);
    const point = [uniform([2, 3, 2]), mean, variance, weight, bias];
    checkDerivatives((x, mean, variance, weight, bias) => batchNorm(x, { mean, variance, weight, bias }), point);
    checkDerivatives((x, mean, variance) => batchNorm(x, { mean, variance }), point.slice(0, 3));
  });

  test('by the bias counts the places of a channel', () => {
    const f = { mean: [0, 0], variance: [1, 1], weight: [1, 1] };
    const options = Object.fromEntries(Object.entries(f).map(([name, of]) => [name, Float64Array.from(of)]));
    const all = { mean: options.mean, variance: options.variance, weight: options.weight };
    const x = tensor(new Float64Array(12), { shape: [2, 2, 3] });
    expect(gradientsOf((bias) => batchNorm(x, { ...all, bias }), [[0, 0]])).toEqual([[6, 6]]);
  });
});

test('a weight and a bias that are parameters are found on the tape of x, beside statistics that are on none', () => {
  const [weight, bias] = [new Parameter('weight', tensor([2])), new Parameter('bias', tensor([0]))];
  using tape = new Tape();
  const y = batchNorm(tape.constant([[3], [5]]), {
    mean: tensor([1]),
    variance: tensor([4]),
    epsilon: 0,
    weight,
    bias,
  });
  const gradients = tape.gradients(sum(y));
  expect([gradients.get(weight).toList(), gradients.get(bias).toList()]).toEqual([[3], [2]]);
});

test('every message', () => {
  const x = zeros([2, 3, 4]);
  const three = [1, 1, 1];
  expect(
    messagesOf({
      'no channels': () => batchNorm([1, 2], { mean: [1], variance: [1] }),
      'other mean': () => batchNorm(x, { mean: [1, 2], variance: three }),
      'other variance': () => batchNorm(x, { mean: three, variance: zeros([3, 1]) }),
      'other weight': () => batchNorm(x, { mean: three, variance: three, weight: [1] }),
      'other bias': () => batchNorm(x, { mean: three, variance: three, bias: 1 }),
      'negative epsilon': () => batchNorm(x, { mean: three, variance: three, epsilon: -1 }),
      'mixed types': () => batchNorm(x, { mean: three, variance: zeros([3], 'float64') }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "mixed types": "DataTypeError: batchNorm: x is float32, variance is float64; wanted operands of one type. Convert one of them, for example \`cast(variance, 'float32')\`.",
      "negative epsilon": "ValueError: batchNorm: epsilon is -1; wanted a number of at least 0. Leave it out for 1e-5.",
      "no channels": "ShapeError: batchNorm: x is [2]; wanted [batch, channels, ...], with the channels on axis 1. Reshape it; a single input needs a batch axis of length 1.",
      "other bias": "ShapeError: batchNorm: bias is [], x is [2, 3, 4]; wanted bias of shape [3], one number for each channel. Check that x has its channels on axis 1.",
      "other mean": "ShapeError: batchNorm: mean is [2], x is [2, 3, 4]; wanted mean of shape [3], one number for each channel. Check that x has its channels on axis 1.",
      "other variance": "ShapeError: batchNorm: variance is [3, 1], x is [2, 3, 4]; wanted variance of shape [3], one number for each channel. Check that x has its channels on axis 1.",
      "other weight": "ShapeError: batchNorm: weight is [1], x is [2, 3, 4]; wanted weight of shape [3], one number for each channel. Check that x has its channels on axis 1.",
    }
  `);
});
