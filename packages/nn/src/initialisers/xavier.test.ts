import { Random } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes } from '../../../core/test/numbers.ts';
import { expectNormal, expectUniform } from '../../test/samples.ts';
import { xavierDeviation, xavierNormal, xavierUniform } from './xavier.ts';

/** 20,000 numbers, with fanIn 200 and fanOut 100. */
const shape = [100, 200];
const random = new Random(1);

test('the deviation is gain·√(2 / (fanIn + fanOut))', () => {
  expect(xavierDeviation({ shape, random })).toBeCloseTo(Math.sqrt(2 / 300), 15);
  expect(xavierDeviation({ shape, random, gain: 5 / 3 })).toBeCloseTo((5 / 3) * Math.sqrt(2 / 300), 15);
  expect(xavierDeviation({ shape: [8, 4, 5, 5], random })).toBeCloseTo(Math.sqrt(2 / (100 + 200)), 15);
});

test.each(dataTypes)('uniform and normal weights have it, in %s', (dtype) => {
  const options = { shape, random: new Random(2), dtype, gain: 2 } as const;
  expect(xavierUniform(options).dtype).toBe(dtype);
  expectUniform(xavierUniform(options), 2 * Math.sqrt(6 / 300));
  expectNormal(xavierNormal(options), 2 * Math.sqrt(2 / 300));
});

test.each([xavierUniform, xavierNormal])(
  '$name gives the same weights for the same seed, float32 by default',
  (xavier) => {
    const weights = (seed: number) => xavier({ shape: [4, 3, 5, 5], random: new Random(seed) });
    expect(weights(3).shape).toEqual([4, 3, 5, 5]);
    expect(weights(3).dtype).toBe('float32');
    expectSame(weights(3), weights(3));
    expect(weights(3).toList()).not.toEqual(weights(4).toList());
  },
);

test('refuses what has no fan', () => {
  expect(messagesOf({ 'a bias': () => xavierNormal({ shape: [3], random }) })).toMatchInlineSnapshot(`
    {
      "a bias": "ShapeError: fans: a weight of shape [3]; wanted [out, in] or [out, in / groups, ...kernel]. Biases have no fan: use \`zeros\` or \`defaultBias\`.",
    }
  `);
});
