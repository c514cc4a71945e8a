import type { SGDNumbers } from '@tapegrad/core/authors';
import { describe, expect, test } from 'vitest';
import { sgd } from './sgd.ts';

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

test('only the first `length` numbers move', () => {
  const x = Float32Array.of(1, 1);
  sgd(x, Float32Array.of(1, 1), null, 1, 0.5, 0, 0, 0, false, true);
  expect([...x]).toEqual([0.5, 1]);
});
