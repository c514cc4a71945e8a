import { expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { naiveAffine, naiveNormalised } from '../../../test/normalised.ts';
import { dataTypes, scattered, uniform } from '../../../test/numbers.ts';
import { instanceNorm, tensor, zeros } from '../../index.ts';

test.each(dataTypes)('values agree with loops, in %s', (dtype) => {
  for (const shape of [
    [2, 3, 5],
    [2, 3, 4, 2],
    [1, 1, 1],
    [2, 2],
  ]) {
    const x = tensor(uniform(shape), { dtype });
    const [weight, bias] = [2, 3].map((seed) => tensor(uniform([shape[1]], { seed }), { dtype }));
    const { output } = naiveNormalised(x, ([n, c]) => `${n} ${c}`);
    const wanted = naiveAffine(output, weight.toFlatArray(), bias.toFlatArray(), ([, c]) => c);
    expectClose(instanceNorm(x, { weight, bias }), wanted, dtype === 'float64' ? 1e-12 : 1e-5);
    expectClose(instanceNorm(scattered(x), { weight, bias }), wanted, dtype === 'float64' ? 1e-12 : 1e-5);
  }
});

test('values of nothing, NaN in its channel alone', () => {
  expect(instanceNorm(zeros([2, 0, 3])).shape).toEqual([2, 0, 3]);
  const x = [
    [
      [1, 3],
      [Number.NaN, 3],
    ],
  ];
  expect(instanceNorm(x, { epsilon: 0 }).toList()).toEqual([
    [
      [-1, 1],
      [Number.NaN, Number.NaN],
    ],
  ]);
});

test('gradient by every input agrees with differences, once and twice', () => {
  const affine = [uniform([2], { seed: 2 }), uniform([2], { seed: 3 })];
  checkDerivatives((x, weight, bias) => instanceNorm(x, { weight, bias }), [uniform([2, 2, 4]), ...affine]);
});

test('every message', () => {
  const x = zeros([2, 4, 3]);
  expect(
    messagesOf({
      'no channels': () => instanceNorm([1, 2]),
      'other weight': () => instanceNorm(x, { weight: [1, 2] }),
      'other bias': () => instanceNorm(x, { bias: [1, 2] }),
      'negative epsilon': () => instanceNorm(x, { epsilon: -1 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "negative epsilon": "ValueError: instanceNorm: epsilon is -1; wanted a number of at least 0. Leave it out for 1e-5.",
      "no channels": "ShapeError: instanceNorm: x is [2]; wanted [batch, channels, ...], with the channels on axis 1. Reshape it; a single input needs a batch axis of length 1.",
      "other bias": "ShapeError: instanceNorm: bias is [2], x is [2, 4, 3]; wanted bias of shape [4], one number for each channel. Check that x has its channels on axis 1.",
      "other weight": "ShapeError: instanceNorm: weight is [2], x is [2, 4, 3]; wanted weight of shape [4], one number for each channel. Check that x has its channels on axis 1.",
    }
  `);
});
