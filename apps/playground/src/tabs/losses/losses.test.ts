import { describe, expect, test } from 'vitest';
import { curvesOf, lossesAt } from './curves.ts';
import { reach, steps } from './descent.ts';
import { fitLines } from './fit.ts';
import { type LossName, type LossSettings, lossNames } from './names.ts';
import { onSoftmaxAt } from './onSoftmax.ts';
import { drawPoints } from './points.ts';
import { residuals } from './residuals.ts';

const settings = { delta: 1.5, beta: 0.5, tau: 0.8 };

describe('losses of a residual', () => {
  test('are what their formulas say', () => {
    const at = lossesAt([-2], settings);
    const seen = Object.fromEntries(lossNames.map((name) => [name, [at[name].values[0], at[name].slopes[0]]]));
    expect(seen).toEqual({
      l2: [4, -4],
      l1: [2, -1],
      huber: [1.5 * (2 - 0.75), -1.5],
      smoothL1: [1.75, -1],
      logCosh: [expect.closeTo(Math.log(Math.cosh(2)), 14), expect.closeTo(Math.tanh(-2), 15)],
      quantile: [1.6, -0.8],
      halfSquared: [2, -2],
    });
  });

  test('the slopes drawn are those of the values drawn', () => {
    const curves = curvesOf(settings);
    const kinks = [0, settings.delta, -settings.delta, settings.beta, -settings.beta];
    for (const name of lossNames) {
      const { values, slopes } = curves[name];
      for (let at = 1; at + 1 < residuals.length; at++) {
        if (kinks.some((kink) => Math.abs(residuals[at] - kink) < 0.021)) continue;
        const rise = (values[at + 1] - values[at - 1]) / (residuals[at + 1] - residuals[at - 1]);
        expect(slopes[at]).toBeCloseTo(rise, 3);
      }
    }
  });
});

describe('the lines fitted', () => {
  const fitted = (points: readonly number[], losses: readonly LossName[] = lossNames) =>
    fitLines({ ...settings, tau: 0.5, seed: 1, points, losses, rate: 0.1 });

  test('go through points that lie on a line, under every loss', () => {
    const onLine = [-3, -1, -1, 0, 1, 1, 2, 1.5, 3, 2];
    const { descents } = fitted(onLine);
    for (const name of lossNames) {
      expect(descents[name]?.a[steps], name).toBeCloseTo(0.5, 3);
      expect(descents[name]?.b[steps], name).toBeCloseTo(0.5, 3);
      expect(descents[name]?.loss).toHaveLength(steps + 1);
    }
  });

  test('come to rest for points of any seed: no line nearby costs less', () => {
    const names = ['l2', 'l1', 'huber', 'logCosh', 'quantile'] as const;
    for (let seed = 1; seed <= 6; seed++) {
      const { points, descents } = fitted(drawPoints(seed), names);
      for (const name of names) {
        const { a = [], b = [], loss = [] } = descents[name] ?? {};
        const costOf = (slope: number, height: number): number => {
          const apart = points.flatMap((x, at) => (at % 2 === 0 ? [slope * x + height - points[at + 1]] : []));
          const costs = lossesAt(apart, { ...settings, tau: 0.5 })[name].values;
          return costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
        };
        expect(costOf(a[steps], b[steps])).toBeCloseTo(loss[steps], 12);
        for (const [da, db] of [
          [0.05, 0],
          [-0.05, 0],
          [0, 0.05],
          [0, -0.05],
          [0.05, 0.05],
          [-0.05, -0.05],
        ]) {
          expect(costOf(a[steps] + da, b[steps] + db), `${name} of seed ${seed}`).toBeGreaterThan(loss[steps] - 1e-4);
        }
      }
    }
  });

  test('a descent ends at the minimum of its loss also where the pull of a far point is weak', () => {
    const half = (d: number): number => 0.5 * d * d;
    const huber = (delta: number) => (d: number) =>
      Math.abs(d) <= delta ? half(d) : delta * (Math.abs(d) - delta / 2);
    const quantile = (tau: number) => (d: number) => Math.max(-tau * d, (1 - tau) * d);
    const cases: readonly [name: LossName, weak: Partial<LossSettings>, loss: (d: number) => number, near: number][] = [
      ['huber', { delta: 0.05 }, huber(0.05), 1.001],
      ['huber', { delta: 4 }, huber(4), 1.001],
      ['smoothL1', { beta: 0.05 }, (d) => huber(0.05)(d) / 0.05, 1.001],
      ['quantile', { tau: 0.1 }, quantile(0.1), 1.05],
      ['quantile', { tau: 0.9 }, quantile(0.9), 1.05],
    ];
    for (const [name, weak, loss, near] of cases) {
      const { points, descents } = fitLines({ ...settings, ...weak, seed: 1, points: [], losses: [name], rate: 0.1 });
      const end = descents[name]?.loss[steps];
      expect(end, `${name} with ${JSON.stringify(weak)}`).toBeLessThan(leastCost(points, loss) * near);
    }
    const { descents } = fitLines({
      ...settings,
      delta: 0.05,
      seed: 1,
      points: [],
      losses: ['huber', 'l1'],
      rate: 0.1,
    });
    expect(descents.huber?.a[steps]).toBeCloseTo(0.91, 2);
    expect(descents.l1?.a[steps]).toBeCloseTo(descents.huber?.a[steps] ?? 0, 1);
  });

  test('outliers draw the squared error away, and the absolute error hardly', () => {
    const points = Array.from({ length: 12 }, (_, at) => [-2.75 + at / 2, at < 10 ? -2.75 + at / 2 : -4]).flat();
    const { descents } = fitted(points, ['l1', 'l2']);
    expect(descents.l1?.a[steps]).toBeCloseTo(1, 2);
    expect(descents.l2?.a[steps]).toBeLessThan(0.4);
    expect(Math.abs(descents.l2?.pulls[11] ?? 0)).toBeGreaterThan(5);
    expect(descents.l1?.pulls[11]).toBe(1);
  });

  test('a rate far too high ends in the words of the library', () => {
    const { descents } = fitLines({ ...settings, seed: 1, points: [3, 6, -3, 1], losses: ['l2'], rate: 1e9 });
    expect(descents.l2?.failure).toMatch(/the loss is (Infinity|NaN)/);
  });
});

describe('points', () => {
  test('are the same for a seed, others for another, and within reach', () => {
    expect(drawPoints(3)).toEqual(drawPoints(3));
    expect(drawPoints(3)).not.toEqual(drawPoints(4));
    for (let seed = 0; seed < 50; seed++) {
      drawPoints(seed).forEach((value, at) => {
        expect(Math.abs(value)).toBeLessThanOrEqual(at % 2 === 0 ? reach.x : reach.y);
      });
    }
  });
});

describe('cross-entropy and squared error on a softmax', () => {
  test.each([2, 3] as const)('of %d classes have the gradients of their formulas', (classes) => {
    for (const z of [-40, -6, 0, 1, 5]) {
      const { probability, crossEntropy, squaredError } = onSoftmaxAt([z], classes);
      const p = 1 / (1 + (classes - 1) * Math.exp(-z));
      const share = classes / (classes - 1);
      expect(probability[0]).toBeCloseTo(p, 14);
      expect(crossEntropy.gradients[0][0]).toBeCloseTo(p - 1, 14);
      expect(squaredError.values[0]).toBeCloseTo(share * (1 - p) ** 2, 14);
      expect(squaredError.gradients[0][0]).toBeCloseTo(-2 * share * p * (1 - p) ** 2, 14);
    }
  });

  test('far off, the one goes on pulling and the other has stopped', () => {
    const { crossEntropy, squaredError } = onSoftmaxAt([-40], 2);
    expect(crossEntropy.gradients[0][0]).toBeCloseTo(-1, 12);
    expect(Math.abs(squaredError.gradients[0][0])).toBeLessThan(1e-15);
  });
});

/** The least mean loss of any line through points, by looking ever closer around the best one so far: it is convex. */
function leastCost(points: readonly number[], loss: (apart: number) => number): number {
  const costOf = (a: number, b: number): number => {
    const costs = points.flatMap((x, at) => (at % 2 === 0 ? [loss(a * x + b - points[at + 1])] : []));
    return costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  };
  let best = { a: 0, b: 0, cost: costOf(0, 0) };
  for (let reach = 4; reach > 1e-6; reach /= 2) {
    for (let again = 0; again < 20; again++) {
      const { a, b } = best;
      for (const da of [-reach, 0, reach]) {
        for (const db of [-reach, 0, reach]) {
          const cost = costOf(a + da, b + db);
          if (cost < best.cost) best = { a: a + da, b: b + db, cost };
        }
      }
    }
  }
  return best.cost;
}
