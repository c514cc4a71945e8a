import { describe, expect, test } from 'vitest';
import { measure } from './measures.ts';
import { symmetryOf } from './symmetry.ts';

const symmetry = (p: readonly number[], q: readonly number[]) => symmetryOf(measure({ p, q, base: 'e' }));

describe('symmetry', () => {
  test('of a distribution and itself', () => {
    expect(symmetry([0.2, 0.8], [0.2, 0.8])).toEqual({ kind: 'same' });
  });

  test.each([
    [
      [0.7, 0.3],
      [0.3, 0.7],
    ],
    [
      [0.7, 0.2, 0.1],
      [0.1, 0.2, 0.7],
    ],
    [
      [0.5, 0.5, 0, 0],
      [0, 0, 0.5, 0.5],
    ],
    [
      [0.4, 0.1, 0.3, 0.2],
      [0.1, 0.4, 0.2, 0.3],
    ],
  ])('of mirror images: %j and %j', (p, q) => {
    const measured = measure({ p, q, base: 2 });
    expect(symmetryOf(measured)).toEqual({ kind: 'mirrored' });
    if (Number.isFinite(measured.forward.value)) expect(measured.forward.value).toBeCloseTo(measured.reverse.value, 13);
    else expect(measured.reverse.value).toBe(Infinity);
  });

  test('a mere renaming of outcomes is no mirror', () => {
    // Q is P rotated by one outcome: the same numbers, other pairs.
    expect(symmetry([0.6, 0.3, 0.1], [0.1, 0.6, 0.3]).kind).toMatch(/Larger/);
  });

  test('infinite on one side or on both', () => {
    expect(symmetry([0.5, 0.5, 0], [0.5, 0, 0.5])).toEqual({ kind: 'mirrored' });
    expect(symmetry([0.6, 0.4, 0], [0.5, 0, 0.5])).toEqual({ kind: 'bothInfinite' });
    expect(symmetry([0.6, 0.4], [1, 0])).toEqual({ kind: 'forwardInfinite', outcome: 1 });
    expect(symmetry([1, 0], [0.6, 0.4])).toEqual({ kind: 'reverseInfinite', outcome: 1 });
  });

  test('otherwise one is larger, and an outcome is named that makes it so', () => {
    const { forward, reverse } = measure({ p: [0.25, 0.25, 0.25, 0.25], q: [0.91, 0.03, 0.03, 0.03], base: 'e' });
    const found = symmetry([0.25, 0.25, 0.25, 0.25], [0.91, 0.03, 0.03, 0.03]);
    expect(found).toMatchObject({ kind: 'forwardLarger', outcome: 1 });
    expect(found).toHaveProperty('by', forward.value - reverse.value);
  });
});
