import { NonFiniteError, ValueError } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { requestWith } from '../test/request.ts';
import type { LossName } from './losses.ts';
import { type StudiedLoss, type Study, study } from './study.ts';

function of({ losses }: Study, name: LossName): StudiedLoss {
  const found = losses.find((studied) => studied.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe('with outliers', () => {
  test.each([
    ['sine', 1],
    ['sine', 2],
    ['line', 1],
  ] as const)('L2 is pulled furthest, Huber less, L1 least: %s, seed %i', (data, seed) => {
    const studied = study(requestWith({ data, seed, count: 120, losses: ['l2', 'l1', 'huber'] }));
    const moved = (name: LossName): number => of(studied, name).outliers?.moved.rms ?? Number.NaN;
    expect(moved('l2')).toBeGreaterThan(2 * moved('huber'));
    expect(moved('huber')).toBeGreaterThan(moved('l1'));
    expect(of(studied, 'l2').error.rms).toBeGreaterThan(3 * of(studied, 'l1').error.rms);
    expect(of(studied, 'l2').error.rms).toBeGreaterThan(2 * of(studied, 'huber').error.rms);
  });

  test('each outlier pulls as its loss says: no harder than others under L1, harder under L2', () => {
    const studied = study(requestWith({ losses: ['l1', 'l2'] }));
    expect(of(studied, 'l1').outliers?.timesThePull).toBeCloseTo(1, 6);
    expect(of(studied, 'l1').outliers?.shareOfPull).toBeCloseTo(0.15, 6);
    expect(of(studied, 'l2').outliers?.timesThePull).toBeGreaterThan(3);
  });
});

test('without outliers all losses come about as close, and nothing is said of outliers', () => {
  const { losses, problem } = study(requestWith({ outliers: 0, count: 120, steps: 600 }));
  const errors = losses.map(({ error }) => error.rms);
  expect(Math.max(...errors)).toBeLessThan(0.08);
  expect(losses.every(({ outliers }) => outliers === undefined)).toBe(true);
  expect(problem.points.some(({ isOutlier }) => isOutlier)).toBe(false);
});

test('the pulls are the slopes of the loss at the distances of the points', () => {
  const { losses, problem } = study(
    requestWith({ losses: ['l2', 'l1', 'huber', 'smooth-l1', 'log-cosh', 'quantile'], quantile: 0.2, steps: 20 }),
  );
  const slopes: Readonly<Record<LossName, (d: number) => number>> = {
    l2: (d) => 2 * d,
    l1: Math.sign,
    huber: (d) => Math.max(-1, Math.min(1, d)),
    'smooth-l1': (d) => Math.max(-1, Math.min(1, d / 0.1)),
    'log-cosh': Math.tanh,
    quantile: (d) => (d < 0 ? -0.2 : 0.8),
  };
  for (const { name, fit } of losses) {
    fit.pulls.forEach((pull, at) => {
      expect(pull, name).toBeCloseTo(slopes[name](fit.predictions[at] - problem.points[at].y), 4);
    });
  }
});

test('all networks begin with the same weights, whatever the loss and its position in the list', () => {
  const whole = study(requestWith({ steps: 20 }));
  const alone = study(requestWith({ steps: 20, losses: ['huber'] }));
  expect(of(alone, 'huber')).toEqual(of(whole, 'huber'));
  // Huber's loss is β times that of smooth L1 with β = δ, and Adam does not mind a factor.
  const same = study(requestWith({ losses: ['huber', 'smooth-l1'], outliers: 0, delta: 0.5, beta: 0.5 }));
  const [huber, smooth] = same.losses.map(({ fit }) => fit.curve);
  expect(Math.max(...huber.map((y, at) => Math.abs(y - smooth[at])))).toBeLessThan(0.01);
});

test('another seed is another problem', () => {
  const [first, second] = [1, 2].map((seed) => study(requestWith({ seed, steps: 1, losses: ['l2'] })).problem.points);
  expect(first).not.toEqual(second);
});

test('an outlier that lies off by nothing moves the fit by next to nothing', () => {
  const studied = study(requestWith({ losses: ['l2'], distance: 0, outliers: 0.1 }));
  expect(of(studied, 'l2').outliers?.moved.rms).toBeLessThan(0.1);
});

describe('what cannot be fitted', () => {
  test('points that are all outliers', () => {
    expect(() => study(requestWith({ outliers: 1 }))).toThrow(ValueError);
    expect(() => study(requestWith({ outliers: 1 }))).toThrow(
      '--outliers: a share of 1, which leaves 0 of 60 points that are none; wanted at least two points that are no outliers. Ask for fewer outliers, or for more points.',
    );
  });

  test('a setting that the loss refuses', () => {
    expect(() => study(requestWith({ losses: ['huber'], delta: 0 }))).toThrow('huberLoss: delta is 0');
    expect(() => study(requestWith({ losses: ['smooth-l1'], beta: -1 }))).toThrow('smoothL1Loss: beta is -1');
    expect(() => study(requestWith({ losses: ['quantile'], quantile: 1 }))).toThrow('quantileLoss: quantile is 1');
  });

  test('a training that diverges, which names the loss and the step', () => {
    expect(() => study(requestWith({ learningRate: 1e30 }))).toThrow(NonFiniteError);
    expect(() => study(requestWith({ learningRate: 1e30 }))).toThrow(/^L2, step 2: the loss is Infinity/);
  });
});
