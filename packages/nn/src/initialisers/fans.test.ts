import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { fans, gainOf } from './fans.ts';

test('fans count inputs and outputs, times the elements of a kernel', () => {
  expect(fans([3, 4])).toEqual({ fanIn: 4, fanOut: 3 });
  expect(fans([8, 2, 5])).toEqual({ fanIn: 10, fanOut: 40 });
  expect(fans([8, 2, 5, 3])).toEqual({ fanIn: 30, fanOut: 120 });
  expect(fans([8, 0, 5, 3])).toEqual({ fanIn: 0, fanOut: 120 });
});

test('gains make up for what an activation takes away', () => {
  expect(gainOf('linear')).toBe(1);
  expect(gainOf('sigmoid')).toBe(1);
  expect(gainOf('tanh')).toBe(5 / 3);
  expect(gainOf('relu')).toBe(Math.SQRT2);
  expect(gainOf('selu')).toBe(0.75);
  expect(gainOf('leakyReLU')).toBeCloseTo(Math.SQRT2 / Math.sqrt(1.0001), 15);
  expect(gainOf('leakyReLU', { slope: 0 })).toBe(Math.SQRT2);
  expect(gainOf('leakyReLU', { slope: 1 })).toBe(1);
  expect(gainOf('relu', { slope: 1 })).toBe(Math.SQRT2);
});

test('refuses what has no fan and no gain', () => {
  expect(
    messagesOf({
      'a bias': () => fans([3]),
      'a number': () => fans([]),
      'an unknown activation': () => gainOf('gelu' as 'relu'),
      'a name that every object has': () => gainOf('toString' as 'relu'),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a bias": "ShapeError: fans: a weight of shape [3]; wanted [out, in] or [out, in / groups, ...kernel]. Biases have no fan: use \`zeros\` or \`defaultBias\`.",
      "a name that every object has": "ValueError: gainOf: the nonlinearity 'toString'; wanted one of linear, sigmoid, tanh, relu, leakyReLU, selu. Use 'linear' for an activation without a known gain.",
      "a number": "ShapeError: fans: a weight of shape []; wanted [out, in] or [out, in / groups, ...kernel]. Biases have no fan: use \`zeros\` or \`defaultBias\`.",
      "an unknown activation": "ValueError: gainOf: the nonlinearity 'gelu'; wanted one of linear, sigmoid, tanh, relu, leakyReLU, selu. Use 'linear' for an activation without a known gain.",
    }
  `);
});
