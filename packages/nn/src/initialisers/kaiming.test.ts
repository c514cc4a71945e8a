import { Random } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes } from '../../../core/test/numbers.ts';
import { expectNormal, expectUniform } from '../../test/samples.ts';
import { kaimingDeviation, kaimingNormal, kaimingUniform } from './kaiming.ts';

/** 20,000 numbers, with fanIn 200 and fanOut 100. */
const shape = [100, 200];
const random = new Random(1);

test('the deviation is gain / √fan', () => {
  expect(kaimingDeviation({ shape, random })).toBeCloseTo(Math.sqrt(2 / 200), 15);
  expect(kaimingDeviation({ shape, random, mode: 'fanOut' })).toBeCloseTo(Math.sqrt(2 / 100), 15);
  expect(kaimingDeviation({ shape, random, slope: Math.sqrt(5) })).toBeCloseTo(Math.sqrt(1 / 3 / 200), 15);
  expect(kaimingDeviation({ shape, random, nonlinearity: 'tanh' })).toBeCloseTo(5 / 3 / Math.sqrt(200), 15);
  expect(kaimingDeviation({ shape: [8, 4, 5, 5], random, nonlinearity: 'relu' })).toBeCloseTo(Math.sqrt(2 / 100), 15);
});

test.each(dataTypes)('uniform and normal weights have it, in %s', (dtype) => {
  const options = { shape, random: new Random(2), dtype, mode: 'fanOut' } as const;
  expect(kaimingUniform(options).dtype).toBe(dtype);
  expectUniform(kaimingUniform(options), Math.sqrt(6 / 100));
  expectNormal(kaimingNormal(options), Math.sqrt(2 / 100));
});

test.each([kaimingUniform, kaimingNormal])(
  '$name gives the same weights for the same seed, float32 by default',
  (kaiming) => {
    const weights = (seed: number) => kaiming({ shape: [4, 3, 5, 5], random: new Random(seed) });
    expect(weights(3).shape).toEqual([4, 3, 5, 5]);
    expect(weights(3).dtype).toBe('float32');
    expectSame(weights(3), weights(3));
    expect(weights(3).toList()).not.toEqual(weights(4).toList());
  },
);

test('weights without numbers are empty', () => {
  expect(kaimingUniform({ shape: [3, 0], random }).shape).toEqual([3, 0]);
});

test('refuses what has no fan', () => {
  expect(
    messagesOf({
      'a bias': () => kaimingUniform({ shape: [3], random }),
      'an unknown activation': () => kaimingNormal({ shape, random, nonlinearity: 'gelu' as 'relu' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a bias": "ShapeError: fans: a weight of shape [3]; wanted [out, in] or [out, in / groups, ...kernel]. Biases have no fan: use \`zeros\` or \`defaultBias\`.",
      "an unknown activation": "ValueError: gainOf: the nonlinearity 'gelu'; wanted one of linear, sigmoid, tanh, relu, leakyReLU, selu. Use 'linear' for an activation without a known gain.",
    }
  `);
});
