import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { naiveAffine, naiveNormalised } from '../../../test/normalised.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import { groupNorm, instanceNorm, layerNorm, type Shape, tensor, zeros } from '../../index.ts';

const sizes = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  groups: fc.integer({ min: 1, max: 3 }),
  perGroup: fc.integer({ min: 1, max: 3 }),
  spatial: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
});

describe('values', () => {
  test('by hand', () => {
    const x = [[1, 3, 10, 30]];
    const affine = { weight: [1, 2, 3, 4], bias: [0, 0, 0, 5] };
    expect(groupNorm(x, { groups: 2, epsilon: 0, ...affine }).toList()).toEqual([[-1, 2, -3, 9]]);
  });

  test.each(dataTypes)('agree with loops, in %s', (dtype) => {
    fc.assert(
      fc.property(sizes, ({ batch, groups, perGroup, spatial }) => {
        const channels = groups * perGroup;
        const shape: Shape = [batch, channels, ...spatial];
        const x = tensor(uniform(shape), { dtype });
        const [weight, bias] = [2, 3].map((seed) => tensor(uniform([channels], { seed }), { dtype }));
        const { output } = naiveNormalised(x, ([n, c]) => `${n} ${Math.floor(c / perGroup)}`);
        const wanted = naiveAffine(output, weight.toFlatArray(), bias.toFlatArray(), ([, c]) => c);
        const y = groupNorm(x, { groups, weight, bias });
        expect(y.dtype).toBe(dtype);
        expectClose(y, wanted, dtype === 'float64' ? 1e-11 : 1e-4);
        expectClose(groupNorm(scattered(x), { groups, weight, bias }), y, 0);
      }),
    );
  });

  test('of one group are layerNorm of whole examples, of as many as channels instanceNorm', () => {
    const x = double(uniform([2, 4, 3, 2]));
    expectClose(groupNorm(x, { groups: 1 }), layerNorm(x, { axes: [1, 2, 3] }), 1e-14);
    expectClose(groupNorm(x, { groups: 4 }), instanceNorm(x), 0);
  });

  test('of constant numbers, one number, none, NaN', () => {
    expect(groupNorm([[4, 4]], { groups: 1, bias: [1, 2] }).toList()).toEqual([[1, 2]]);
    expect(groupNorm([[4]], { groups: 1 }).toList()).toEqual([[0]]);
    expect(groupNorm(zeros([0, 4, 3]), { groups: 2 }).shape).toEqual([0, 4, 3]);
    const x = [[Number.NaN, 1, 1, 3]];
    expect(groupNorm(x, { groups: 2, epsilon: 0 }).toList()).toEqual([[Number.NaN, Number.NaN, -1, 1]]);
  });
});

test('gradient by every input agrees with differences, once and twice', () => {
  const affine = [uniform([4], { seed: 2 }), uniform([4], { seed: 3 })];
  checkDerivatives((x, weight, bias) => groupNorm(x, { groups: 2, weight, bias }), [uniform([2, 4, 3]), ...affine]);
});

test('every message', () => {
  const x = zeros([2, 4, 3]);
  expect(
    messagesOf({
      'no channels': () => groupNorm([1, 2], { groups: 1 }),
      'groups that do not divide': () => groupNorm(x, { groups: 3 }),
      'no groups': () => groupNorm(x, { groups: 0 }),
      'half a group': () => groupNorm(x, { groups: 0.5 }),
      'other weight': () => groupNorm(x, { groups: 2, weight: [1, 2] }),
      'other bias': () => groupNorm(x, { groups: 2, bias: [1, 2] }),
      'negative epsilon': () => groupNorm(x, { groups: 2, epsilon: -1 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "groups that do not divide": "ValueError: groupNorm: groups is 3, for 4 channels; wanted a whole number that divides them. Use 1 to take all channels together.",
      "half a group": "ValueError: groupNorm: groups is 0.5, for 4 channels; wanted a whole number that divides them. Use 1 to take all channels together.",
      "negative epsilon": "ValueError: groupNorm: epsilon is -1; wanted a number of at least 0. Leave it out for 1e-5.",
      "no channels": "ShapeError: groupNorm: x is [2]; wanted [batch, channels, ...], with the channels on axis 1. Reshape it; a single input needs a batch axis of length 1.",
      "no groups": "ValueError: groupNorm: groups is 0, for 4 channels; wanted a whole number that divides them. Use 1 to take all channels together.",
      "other bias": "ShapeError: groupNorm: bias is [2], x is [2, 4, 3]; wanted bias of shape [4], one number for each channel. Check that x has its channels on axis 1.",
      "other weight": "ShapeError: groupNorm: weight is [2], x is [2, 4, 3]; wanted weight of shape [4], one number for each channel. Check that x has its channels on axis 1.",
    }
  `);
});
