import type { AdamNumbers } from '@tapegrad/core/authors';
import { describe, expect, test } from 'vitest';
import { adam } from './adam.ts';
import { decay } from './adamW.ts';

const gradients = [1, -2, 0.5, 4, -0.25];

describe('adam', () => {
  test.each([
    ['plain', 0, false],
    ['with weight decay', 0.1, false],
    ['with the largest v so far', 0, true],
  ])('%s, it is its formula', (_, weightDecay, isLargest) => {
    const [parameter, m, v] = [Float64Array.of(1), Float64Array.of(0), Float64Array.of(0)];
    const largest = isLargest ? Float64Array.of(0) : null;
    let [p, first, second, most] = [1, 0, 0, 0];
    gradients.forEach((gradient, index) => {
      const how: AdamNumbers = [0.01, 0.9, 0.99, 1e-8, weightDecay, index + 1];
      adam(parameter, Float64Array.of(gradient), m, v, largest, 1, ...how);
      const direction = gradient + weightDecay * p;
      first = 0.9 * first + 0.1 * direction;
      second = 0.99 * second + 0.01 * direction ** 2;
      most = Math.max(most, second);
      const spread = (isLargest ? most : second) / (1 - 0.99 ** (index + 1));
      p -= (0.01 * (first / (1 - 0.9 ** (index + 1)))) / (Math.sqrt(spread) + 1e-8);
      expect(parameter[0]).toBeCloseTo(p, 14);
    });
    expect([m[0], v[0]]).toEqual([expect.closeTo(first, 14), expect.closeTo(second, 14)]);
  });

  test('takes a first step of the learning rate, however large the gradient', () => {
    for (const gradient of [1e-3, 1, 1e6]) {
      const parameter = Float64Array.of(0);
      adam(
        parameter,
        Float64Array.of(gradient),
        new Float64Array(1),
        new Float64Array(1),
        null,
        1,
        0.01,
        0.9,
        0.999,
        0,
        0,
        1,
      );
      expect(parameter[0]).toBeCloseTo(-0.01, 14);
    }
  });
});

test('decay shortens', () => {
  const x = Float64Array.of(2, -4, 8);
  decay(x, 2, 0.75);
  expect([...x]).toEqual([1.5, -3, 8]);
});

test('only the first `length` numbers move', () => {
  const x = Float32Array.of(1, 1);
  adam(x, Float32Array.of(1, 1), new Float32Array(2), new Float32Array(2), null, 1, 0.5, 0.9, 0.99, 0, 0, 1);
  expect(x[0]).toBeCloseTo(0.5, 6);
  expect(x[1]).toBe(1);
});
