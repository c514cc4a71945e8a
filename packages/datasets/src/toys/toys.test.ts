import { Random } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noisyLine, noisySine } from './curves.ts';
import { spirals, twoMoons } from './points.ts';

const sets = { twoMoons, spirals, noisySine, noisyLine };
const options = fc.record({
  count: fc.integer({ min: 0, max: 120 }),
  noise: fc.double({ min: 0, max: 2, noNaN: true }),
  outliers: fc.double({ min: 0, max: 1, noNaN: true }),
  seed: fc.nat(),
});

describe.each(Object.entries(sets))('%s', (name, draw) => {
  test('has as many samples and outliers as were asked for, from the seed alone', () => {
    fc.assert(
      fc.property(options, (each) => {
        const set = draw(each);
        expect(set.name).toBe(name);
        expect(set.inputs.shape[0]).toBe(each.count);
        expect(set.inputs.data.every(Number.isFinite)).toBe(true);
        expect(set.isOutlier.filter(Boolean)).toHaveLength(Math.round(each.outliers * each.count));
        expect(draw(each)).toEqual(set);
        expect(draw({ ...each, random: new Random(each.seed) })).toEqual(set);
      }),
    );
    expect(draw({ seed: 1 }).inputs.data).not.toEqual(draw({ seed: 2 }).inputs.data);
  });

  test('has 200 samples, and a message for each number out of its range', () => {
    expect(draw().inputs.shape[0]).toBe(200);
    expect(() => draw({ count: 1.5 })).toThrow(`${name}: count is 1.5`);
    expect(() => draw({ count: -1 })).toThrow(`${name}: count is -1`);
    expect(() => draw({ noise: -1 })).toThrow(`${name}: noise is -1; wanted a finite number of at least 0`);
    expect(() => draw({ outliers: 1.1 })).toThrow(`${name}: outliers is 1.1; wanted a share from 0 to 1`);
  });
});

describe('points', () => {
  test('of the moons lie on two half circles', () => {
    const { inputs, labels } = twoMoons({ count: 101, noise: 0 });
    for (let index = 0; index < 101; index++) {
      const [x, y] = [inputs.get(index, 0), inputs.get(index, 1)];
      const isUpper = labels.get(index) === 0;
      expect(isUpper ? Math.hypot(x, y) : Math.hypot(x - 1, y - 0.5)).toBeCloseTo(1, 6);
      expect(isUpper ? y : 0.5 - y).toBeGreaterThanOrEqual(-1e-6);
    }
    expect([...labels.data].filter((label) => label === 0)).toHaveLength(51);
  });

  test('of the spirals lie on their arms', () => {
    const { inputs, labels, classes } = spirals({ count: 90, noise: 0, arms: 3, turns: 2 });
    expect(classes).toEqual(['0', '1', '2']);
    for (let index = 0; index < 90; index++) {
      const [x, y] = [inputs.get(index, 0), inputs.get(index, 1)];
      const angle = 2 * Math.PI * (2 * Math.hypot(x, y) + labels.get(index) / 3);
      expect(Math.cos(angle) * y - Math.sin(angle) * x).toBeCloseTo(0, 5);
    }
    expect([0, 1, 2].map((label) => [...labels.data].filter((each) => each === label).length)).toEqual([30, 30, 30]);
    expect(() => spirals({ arms: 1 })).toThrow('spirals: arms is 1, turns is 1.5');
  });

  test('that are outliers have the other label, and only these', () => {
    const [clean, spoilt] = [twoMoons({ outliers: 0 }), twoMoons({ outliers: 0.25 })];
    expect(spoilt.isOutlier.filter(Boolean)).toHaveLength(50);
    const upper = twoMoons({ outliers: 0.25, noise: 0 });
    upper.isOutlier.forEach((isOutlier, index) => {
      const onUpper = Math.abs(Math.hypot(upper.inputs.get(index, 0), upper.inputs.get(index, 1)) - 1) < 1e-6;
      expect(upper.labels.get(index)).toBe(onUpper === isOutlier ? 1 : 0);
    });
    expect(clean.isOutlier.some(Boolean)).toBe(false);
  });
});

describe('curves', () => {
  test.each([
    ['noisySine', noisySine, Math.sin, Math.PI],
    ['noisyLine', noisyLine, (x: number) => 2 * x + 1, 1],
  ] as const)(
    '%s follows its formula, but for outliers, which lie as far off as they should',
    (_, draw, value, reach) => {
      const { inputs, targets, isOutlier } = draw({ count: 300, noise: 0, outliers: 0.2, distance: 5 });
      isOutlier.forEach((isOff, index) => {
        const x = inputs.get(index, 0);
        const off = Math.abs(targets.get(index, 0) - value(x));
        expect(Math.abs(x)).toBeLessThanOrEqual(Math.fround(reach));
        if (!isOff) expect(off).toBeLessThan(1e-5);
        else expect(off > 4.999 && off < 10.001).toBe(true);
      });
      expect(targets.data.some((target, index) => isOutlier[index] && target < -3)).toBe(true);
    },
  );

  test('have noise of the deviation that was asked for', () => {
    const { inputs, targets } = noisyLine({ count: 20_000, noise: 0.5, slope: -3, intercept: 4 });
    const rests = Array.from(targets.data, (target, at) => target - (4 - 3 * inputs.data[at]));
    const mean = rests.reduce((sum, rest) => sum + rest, 0) / rests.length;
    const deviation = Math.sqrt(rests.reduce((sum, rest) => sum + (rest - mean) ** 2, 0) / rests.length);
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(deviation - 0.5)).toBeLessThan(0.015);
    expect(() => noisyLine({ slope: Number.NaN })).toThrow('noisyLine: slope is NaN');
    expect(() => noisySine({ distance: Number.POSITIVE_INFINITY })).toThrow('noisySine: distance is Infinity');
  });
});
