import { Random } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes } from '../../../core/test/numbers.ts';
import { expectUniform } from '../../test/samples.ts';
import { defaultBias, defaultWeight } from './defaults.ts';

test.each(dataTypes)('weight and bias lie between ±1/√fanIn, in %s', (dtype) => {
  const random = new Random(1);
  expectUniform(defaultWeight({ shape: [200, 100], random, dtype }), 0.1);
  expectUniform(defaultWeight({ shape: [64, 16, 5, 5], random, dtype }), 1 / 20);
  const bias = defaultBias({ weightShape: [20_000, 4, 5, 5], random, dtype });
  expect(bias.shape).toEqual([20_000]);
  expectUniform(bias, 0.1);
});

test('the same seed gives the same numbers, in float32 by default', () => {
  const weight = (seed: number) => defaultWeight({ shape: [4, 3], random: new Random(seed) });
  const bias = (seed: number) => defaultBias({ weightShape: [4, 3], random: new Random(seed) });
  for (const make of [weight, bias]) {
    expect(make(5).dtype).toBe('float32');
    expectSame(make(5), make(5));
    expect(make(5).toList()).not.toEqual(make(6).toList());
  }
});

test('the bias beside a weight without inputs is 0', () => {
  for (const dtype of dataTypes) {
    const bias = defaultBias({ weightShape: [3, 0], random: new Random(1), dtype });
    expect([bias.dtype, bias.toList()]).toEqual([dtype, [0, 0, 0]]);
  }
});

test('refuses what has no fan', () => {
  const random = new Random(1);
  expect(
    messagesOf({
      'the shape of a bias as a weight': () => defaultWeight({ shape: [3], random }),
      'the shape of a bias beside itself': () => defaultBias({ weightShape: [3], random }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "the shape of a bias as a weight": "ShapeError: fans: a weight of shape [3]; wanted [out, in] or [out, in / groups, ...kernel]. Biases have no fan: use \`zeros\` or \`defaultBias\`.",
      "the shape of a bias beside itself": "ShapeError: fans: a weight of shape [3]; wanted [out, in] or [out, in / groups, ...kernel]. Biases have no fan: use \`zeros\` or \`defaultBias\`.",
    }
  `);
});
