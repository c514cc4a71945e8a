import { describe, expect, test } from 'vitest';
import { type AdamNumbers, adam, type SGDNumbers, sgd } from './optimiser.ts';

const gradients = [1, -2, 0.5, 4, -0.25];

describe('sgd', () => {
  /** The parameter after each of five steps from 1, for one number. */
  function walk(
    numbers: Readonly<Record<'momentum' | 'dampening' | 'weightDecay', number>>,
    nesterov = false,
  ): number[] {
    const [parameter, velocity] = [Float64Array.of(1), numbers.momentum ? Float64Array.of(Number.NaN) : null];
    return gradients.map((gradient, index) => {
      const { momentum, dampening, weightDecay } = numbers;
      const how: SGDNumbers = [0.1, momentum, dampening, weightDecay, nesterov, index === 0];
      sgd(parameter, Float64Array.of(gradient), velocity, 1, ...how);
      return parameter[0];
    });
  }
  const none = { momentum: 0, dampening: 0, weightDecay: 0 };

  function expectSteps(found: number[], steps: number[]): void {
    let parameter = 1;
    steps.forEach((step, index) => {
      parameter -= 0.1 * step;
      expect(found[index]).toBeCloseTo(parameter, 14);
    });
  }

  test('plain, it follows the gradient', () => {
    expectSteps(walk(none), gradients);
  });

  test('with momentum ½, each step keeps half of the one before', () => {
    expectSteps(walk({ ...none, momentum: 0.5 }), [1, -1.5, -0.25, 3.875, 1.6875]);
  });

  test('with Nesterov, it looks one step ahead', () => {
    expectSteps(walk({ ...none, momentum: 0.5 }, true), [1.5, -2.75, 0.375, 5.9375, 0.59375]);
  });

  test('with dampening ¼, later gradients count three quarters; the first counts in full', () => {
    expectSteps(walk({ ...none, momentum: 0.5, dampening: 0.25 }), [1, -1, -0.125, 2.9375, 1.28125]);
  });

  test('with weight decay, the parameter itself is added to the gradient', () => {
    let parameter = 1;
    for (const [index, found] of walk({ ...none, weightDecay: 0.2 }).entries()) {
      parameter -= 0.1 * (gradients[index] + 0.2 * parameter);
      expect(found).toBeCloseTo(parameter, 14);
    }
  });
});

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

test('only the first `length` numbers move', () => {
  const [one, two] = [Float32Array.of(1, 1), Float32Array.of(1, 1)];
  sgd(one, Float32Array.of(1, 1), null, 1, 0.5, 0, 0, 0, false, true);
  adam(two, Float32Array.of(1, 1), new Float32Array(2), new Float32Array(2), null, 1, 0.5, 0.9, 0.99, 0, 0, 1);
  expect([...one]).toEqual([0.5, 1]);
  expect(two[0]).toBeCloseTo(0.5, 6);
  expect(two[1]).toBe(1);
});
