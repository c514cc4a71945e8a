import { tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { readFields } from '../../address/fields.ts';
import { decaysOf } from './decays.ts';
import { type Form, mostSteps, optimiserFields } from './fields.ts';
import { beyond, grain } from './grain.ts';
import { heightAfter } from './heightAfter.ts';
import { heights, reliefOf } from './heights.ts';
import { type OptimiserName, optimiserNames } from './names.ts';
import { startOf } from './start.ts';
import { frames, type ValleyName, valleyNames } from './valleys.ts';
import { type Walk, type Walkers, walksOf } from './walks.ts';

const initial = readFields(optimiserFields, new URLSearchParams());
const formOf = (some: Partial<Form>): Form => ({ ...initial, walkers: optimiserNames, ...some });

function walkOf(name: OptimiserName, some: Partial<Form> = {}): Walk {
  const walk = walksOf(formOf({ walkers: [name], ...some }))[name];
  if (walk === undefined) throw new Error(`${name} did not walk`);
  return walk;
}

const heightAt = (valley: ValleyName, [x, y]: readonly [number, number], steepness = 20): number =>
  heights[valley](tensor([[x, y]], { dtype: 'float64' }), steepness).item();

describe.each(valleyNames)('%s', (valley) => {
  test('its lowest point has the height 0, and the start lies higher', () => {
    const lowest = { bowl: [0, 0], turned: [0, 0], banana: [1, 1], saddle: [0, -1], kink: [0, 0] } as const;
    expect(heightAt(valley, lowest[valley])).toBe(0);
    expect(heightAt(valley, frames[valley].start)).toBeGreaterThan(0.1);
  });

  test('the picture shows its heights, the first row being the lowest y', () => {
    const relief = reliefOf({ valley, steepness: 7 });
    const [x, y] = [beyond(frames[valley].x), beyond(frames[valley].y)];
    expect(relief).toHaveLength(grain * grain);
    expect(relief[grain - 1]).toBeCloseTo(heightAt(valley, [x[1], y[0]], 7), 10);
    expect(relief[relief.length - 1]).toBeCloseTo(heightAt(valley, [x[1], y[1]], 7), 10);
  });

  test('every walk begins at the start, and its heights are those of its points', () => {
    const walkers = ['adam'] as const;
    const walks = walksOf(formOf({ valley, walkers }));
    for (const name of walkers) {
      const walk = walks[name] as Walk;
      expect(walk.points[0]).toEqual(startOf({ valley, start: [] }));
      expect(walk.heights[3]).toBeCloseTo(heightAt(valley, walk.points[3]), 12);
      expect(walk.hasDiverged || walk.points.length === mostSteps + 1).toBe(true);
    }
  });
});

test('with the rates they begin with, all reach a hundredth of their height in the bowl', () => {
  const walks = walksOf(formOf({}));
  for (const name of optimiserNames) {
    const { heights } = walks[name] as Walk;
    expect(Math.min(...heights)).toBeLessThan(heights[0] / 100);
  }
});

test('plain descent shrinks each coordinate by its own factor, and diverges above 2/κ', () => {
  const { points } = walkOf('sgd', { steepness: 10, 'rate-sgd': 0.15, start: [2, 1] });
  expect(points[5][0]).toBeCloseTo(2 * (1 - 0.15) ** 5, 12);
  expect(points[5][1]).toBeCloseTo((1 - 1.5) ** 5, 12);
  const away = walkOf('sgd', { steepness: 10, 'rate-sgd': 0.25 });
  expect(away.hasDiverged).toBe(true);
  expect(away.heights.length).toBeLessThan(mostSteps);
});

test('the first step of Adam is its rate along each coordinate, however steep it is', () => {
  const { points } = walkOf('adam', { 'rate-adam': 0.25, start: [-4, 2] });
  expect(points[1][0]).toBeCloseTo(-3.75, 6);
  expect(points[1][1]).toBeCloseTo(1.75, 6);
});

test('on the ridge of the saddle nobody finds the way', () => {
  for (const name of ['momentum', 'adam'] as const) {
    const { points } = walkOf(name, { valley: 'saddle', start: [2, 0] });
    expect(Math.abs(points[points.length - 1][1])).toBeLessThan(1e-12);
  }
  expect(walkOf('sgd', { valley: 'saddle' }).heights.at(-1)).toBeLessThan(1e-3);
});

describe('walks from question to question', () => {
  const form = formOf({ walkers: ['sgd', 'momentum', 'adamW', 'muon'], 'rate-sgd': 0.2 });

  test('a walk that is taken up again is the same as one without a pause', () => {
    const walkers: Walkers = new Map();
    const begun = walksOf(form, 3, walkers);
    expect(begun.muon?.points).toHaveLength(4);
    expect(walksOf(form, 20, walkers)).toEqual(walksOf(form, 20));
    expect(walksOf(form, 20, walkers).muon?.points).toHaveLength(21);
    // What was given out before is not written on.
    expect(begun.muon?.points).toHaveLength(4);
  });

  test.each([
    [{ 'rate-adamW': 0.2 }, ['adamW']],
    [{ momentum: 0.8 }, ['momentum', 'muon']],
    [{ decay: 0.2 }, ['adamW']],
    [{ start: [1, 1] }, ['sgd', 'momentum', 'adamW', 'muon']],
    [{ valley: 'kink' }, ['sgd', 'momentum', 'adamW', 'muon']],
    [{ walkers: ['muon'] }, []],
  ] as const)('%j sends %j back to the start', (some, sent) => {
    const walkers: Walkers = new Map();
    walksOf(form, 3, walkers);
    const before = new Map(walkers);
    const changed = { ...form, ...some };
    expect(walksOf(changed, 3, walkers)).toEqual(walksOf(changed, 3));
    expect([...walkers.keys()].filter((name) => walkers.get(name) !== before.get(name))).toEqual(sent);
  });

  test('there is no height where a walk has not been yet, and none where it has left', () => {
    const { sgd, muon } = walksOf(form, 3);
    expect(heightAfter(muon, 3)).toBe(muon?.heights[3]);
    for (const walk of [sgd, muon]) expect(heightAfter(walk, 4)).toBeUndefined();
    expect(heightAfter(undefined, 0)).toBeUndefined();
    expect(heightAfter(walksOf(form).sgd, mostSteps)).toBe('diverged');
  });
});

describe('weight decay', () => {
  const form = formOf({});
  const decays = decaysOf(form);
  const left = (name: keyof typeof decays, which: 'large' | 'small'): number => decays[name][which].at(-1) as number;
  const share = (1 - form.rate * form.lambda) ** form.decaySteps;

  test('AdamW lets both weights decay alike, by 1 - η·λ a step', () => {
    expect(left('adamW', 'large')).toBeCloseTo(share, 1);
    expect(left('adamW', 'large')).toBeCloseTo(left('adamW', 'small'), 6);
  });

  test('SGD with L2 does so too', () => {
    expect(left('sgdL2', 'large')).toBeCloseTo(share, 1);
    expect(left('sgdL2', 'small')).toBeCloseTo(share, 2);
  });

  test('Adam with L2 spares the weight with large gradients, and takes nearly all of the other', () => {
    expect(left('adamL2', 'large')).toBeGreaterThan(0.9);
    expect(left('adamL2', 'small')).toBeLessThan(0.1);
  });

  test('without decay all stay about where they were', () => {
    for (const { large, small } of Object.values(decaysOf({ ...form, lambda: 0 }))) {
      expect(large.at(-1)).toBeCloseTo(1, 1);
      expect(small.at(-1)).toBeCloseTo(1, 1);
    }
  });
});
