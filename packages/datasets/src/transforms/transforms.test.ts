import { Random } from '@tapegrad/core';
import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';
import { describe, expect, test } from 'vitest';
import { applyTransform } from './apply.ts';
import { normalise } from './colour/normalise.ts';
import { compose } from './compose.ts';
import type { Transform } from './kinds.ts';
import { elastic } from './move/elastic.ts';
import { gaussian, smooth } from './move/gaussian.ts';
import { bentPositions } from './move/positions.ts';
import { rotate } from './move/rotate.ts';
import { shift } from './move/shift.ts';

const drawn = (seed: number, shape: readonly number[]): NdArray<Float32Array> => {
  const random = new Random(seed);
  const length = shape.reduce((product, each) => product * each, 1);
  return ndarray(
    Float32Array.from({ length }, () => random.normal()),
    [...shape],
  );
};
const shapes = fc.tuple(
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 9 }),
);
const transforms: Readonly<Record<string, Transform>> = {
  shift: shift({ pixels: 3 }),
  'shift into a number': shift({ pixels: 3, beyond: 7 }),
  rotate: rotate({ degrees: 40 }),
  elastic: elastic({ strength: 20, smoothness: 2 }),
  compose: compose(shift({ pixels: 1 }), rotate({ degrees: 10 }), elastic()),
};
const apply = (transform: Transform, images: ReturnType<typeof drawn>, seed = 1) =>
  applyTransform(images, transform, { random: new Random(seed) });

describe.each(Object.entries(transforms))('%s', (_, transform) => {
  test('gives the same bits from the same seed, others from another, and leaves its input alone', () => {
    const images = drawn(1, [4, 2, 8, 7]);
    const before = images.data.slice();
    expect(apply(transform, images, 5).data).toEqual(apply(transform, images, 5).data);
    expect(apply(transform, images, 5).data).not.toEqual(apply(transform, images, 6).data);
    expect(images.data).toEqual(before);
  });

  test('keeps shapes, and finite numbers finite', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, seed) => {
        const result = apply(transform, drawn(seed, shape), seed);
        expect(result.shape).toEqual([...shape]);
        expect(result.data.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  test('is plain data: a copy of it does the same', () => {
    const images = drawn(2, [2, 1, 6, 6]);
    expect(apply(structuredClone(transform), images).data).toEqual(apply(transform, images).data);
  });
});

test.each([
  ['shift', shift({ pixels: 0 })],
  ['rotate', rotate({ degrees: 0 })],
  ['rotate by a whole turn', rotate({ degrees: [360, 360] })],
  ['elastic', elastic({ strength: 0 })],
  ['compose', compose()],
  ['normalise', normalise({ mean: [0, 0], standardDeviation: [1, 1] })],
])('%s of no strength changes not one bit, not of -0, NaN and infinities either', (_, transform) => {
  const images = drawn(3, [3, 2, 5, 6]);
  images.data.set([-0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  const result = apply(transform, images);
  expect(new Uint32Array(result.data.buffer)).toEqual(new Uint32Array(images.data.buffer));
  expect(result.data).not.toBe(images.data);
});

describe('images that are the same everywhere', () => {
  test.each(Object.entries(transforms).filter(([name]) => !name.includes('number')))(
    'keep their value: %s',
    (_, each) => {
      const grey = ndarray(new Float32Array(2 * 64).fill(0.3), [2, 1, 8, 8]);
      for (const value of apply(each, grey).data) expect(value).toBeCloseTo(0.3, 6);
    },
  );
});

describe('shift', () => {
  test('moves by whole pixels, up to as many as were said, in both directions and on both axes', () => {
    const dot = ndarray(new Float32Array(81), [1, 1, 9, 9]);
    dot.set(0, 0, 4, 4, 1);
    const seen = new Set<string>();
    for (let seed = 0; seed < 400; seed++) {
      const at = apply(shift({ pixels: 2, beyond: 0 }), dot, seed).data.indexOf(1);
      seen.add(`${Math.floor(at / 9) - 4},${(at % 9) - 4}`);
    }
    expect(seen.size).toBe(25);
    expect(seen).toContain('-2,2');
  });

  test('keeps the mean when nothing leaves the picture', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const images = ndarray(new Float32Array(144), [1, 1, 12, 12]);
        const inner = drawn(seed, [1, 1, 4, 4]);
        for (let at = 0; at < 16; at++) images.set(0, 0, 4 + Math.floor(at / 4), 4 + (at % 4), inner.data[at]);
        const moved = apply(shift({ pixels: 4, beyond: 0 }), images, seed);
        expect([...moved.data].sort()).toEqual([...images.data].sort());
      }),
    );
  });

  test('fills with the edge or with a number', () => {
    const ramp = ndarray(Float32Array.of(1, 2, 3), [1, 1, 1, 3]);
    const results = (beyond: 'edge' | number) =>
      new Set(
        Array.from({ length: 60 }, (_, seed) => [...apply(shift({ pixels: 1, beyond }), ramp, seed).data].join()),
      );
    expect(results('edge')).toEqual(new Set(['1,2,3', '1,1,2', '2,3,3']));
    expect(results(9)).toEqual(new Set(['1,2,3', '9,1,2', '2,3,9', '9,9,9']));
  });
});

describe('rotate', () => {
  const turned = (degrees: number, images: ReturnType<typeof drawn>) =>
    apply(rotate({ degrees: [degrees, degrees] }), images);

  test('by right angles is exact on squares, counter-clockwise', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(), (size, seed) => {
        const images = drawn(seed, [2, 2, size, size]);
        const quarter = turned(90, images);
        for (let row = 0; row < size; row++) {
          for (let column = 0; column < size; column++) {
            expect(quarter.get(1, 1, row, column)).toBe(images.get(1, 1, column, size - 1 - row));
          }
        }
        expect(turned(180, images).data).toEqual(turned(90, quarter).data);
        expect(turned(270, images).data).toEqual(turned(-90, images).data);
        expect(turned(90, turned(270, images)).data).toEqual(images.data);
      }),
    );
  });

  test('by 45° and back is nearly the same, for a smooth picture away from its edge', () => {
    const wave = ndarray(
      Float32Array.from({ length: 21 * 21 }, (_, at) => Math.sin(at / 21 / 4) + Math.cos((at % 21) / 4)),
      [1, 1, 21, 21],
    );
    const back = turned(-45, turned(45, wave));
    for (let row = 7; row < 14; row++) {
      for (let column = 7; column < 14; column++) {
        expect(Math.abs(back.get(0, 0, row, column) - wave.get(0, 0, row, column))).toBeLessThan(0.03);
      }
    }
  });
});

describe('elastic', () => {
  test('a Gaussian has weights that sum to 1 and the right shape', () => {
    const weights = gaussian(2, 100);
    expect(2 * weights.reduce((sum, weight) => sum + weight, 0) - weights[0]).toBeCloseTo(1, 12);
    expect(weights[2] / weights[0]).toBeCloseTo(Math.exp(-1 / 2), 12);
    expect(weights).toHaveLength(7);
  });

  test('smooths along both axes', () => {
    const dot = new Float64Array(11 * 13);
    dot[5 * 13 + 6] = 1;
    const weights = gaussian(1.5, 13);
    const smoothed = smooth(dot, 11, 13, weights);
    for (let row = 0; row < 11; row++) {
      for (let column = 0; column < 13; column++) {
        const wanted = (weights[Math.abs(row - 5)] ?? 0) * (weights[Math.abs(column - 6)] ?? 0);
        expect(smoothed[row * 13 + column]).toBeCloseTo(wanted, 12);
      }
    }
  });

  test('moves neighbours by nearly the same, and further with more strength', () => {
    const positions = (strength: number) => bentPositions(28, 28, { strength, smoothness: 4 }, new Random(4));
    const [once, twice] = [positions(34), positions(68)];
    let largest = 0;
    for (let at = 0; at < 28 * 28 - 1; at++) {
      const [row, column] = [Math.floor(at / 28), at % 28];
      const moved = once.rows[at] - row;
      expect(twice.rows[at] - row).toBeCloseTo(2 * moved, 9);
      if (column < 27) expect(Math.abs(once.rows[at + 1] - row - moved)).toBeLessThan(0.8);
      largest = Math.max(largest, Math.abs(moved));
    }
    expect(largest).toBeGreaterThan(1);
    expect(largest).toBeLessThan(10);
  });
});

test('normalise takes each channel by its own numbers, and shows mean 0 and deviation 1', () => {
  const images = ndarray(Float32Array.of(1, 3, 10, 30), [1, 2, 1, 2]);
  const result = apply(normalise({ mean: [2, 20], standardDeviation: [1, 10] }), images);
  expect([...result.data]).toEqual([-1, 1, -1, 1]);
  expect(() => apply(normalise({ mean: [2], standardDeviation: [1] }), images)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: normalise: images of 2 channels; wanted 1 channels, as there are means. Pass one mean and one standardDeviation for each channel.]`,
  );
});

test('images may have any strides', () => {
  const images = drawn(6, [2, 2, 5, 5]);
  const turned = images.transpose(0, 1, 3, 2);
  const copy = ndarray(
    Float32Array.from({ length: 100 }, (_, at) =>
      turned.get(Math.floor(at / 50), Math.floor(at / 25) % 2, Math.floor(at / 5) % 5, at % 5),
    ),
    [2, 2, 5, 5],
  );
  expect(apply(transforms.compose, turned).data).toEqual(apply(transforms.compose, copy).data);
  expect(() => apply(transforms.shift, ndarray(new Float32Array(4), [2, 2]))).toThrow('images of shape [2, 2]');
});

test.each([
  ['shift: pixels is 1.5', () => shift({ pixels: 1.5 })],
  ['shift: pixels is -1', () => shift({ pixels: -1 })],
  ['shift: beyond is NaN', () => shift({ pixels: 1, beyond: Number.NaN })],
  ['rotate: degrees is NaN', () => rotate({ degrees: Number.NaN })],
  ['rotate: degrees is 5', () => rotate({ degrees: [10, 5] })],
  ['elastic: strength is -1', () => elastic({ strength: -1 })],
  ['elastic: smoothness is 0', () => elastic({ smoothness: 0 })],
  ['normalise: mean [1], standardDeviation []', () => normalise({ mean: [1], standardDeviation: [] })],
  ['normalise: mean [1], standardDeviation [0]', () => normalise({ mean: [1], standardDeviation: [0] })],
])('refuses %s', (message, make) => {
  expect(make).toThrow(message);
});
