import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paired, sharesOf, withOneLess, withOneMore, withShare } from './shares.ts';

const total = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0);
const distributions = fc
  .array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 8 })
  .filter((weights) => total(weights) > 0)
  .map(sharesOf);

describe('shares', () => {
  test('one is set, the others keep their proportions', () => {
    expect(withShare([0.5, 0.3, 0.2], 0, 0.75)).toEqual([0.75, 0.15, 0.1]);
    expect(withShare([0.5, 0.3, 0.2], 0, 0)).toEqual([0, 0.6, 0.4]);
    expect(withShare([0.5, 0.3, 0.2], 2, 1)).toEqual([0, 0, 1]);
  });

  test('others that are all 0 share evenly', () => {
    expect(withShare([1, 0, 0], 0, 0.4)).toEqual([0.4, 0.3, 0.3]);
    expect(withOneLess([0, 0, 1])).toEqual([0.5, 0.5]);
  });

  test('outcomes come and go', () => {
    expect(withOneMore([0.5, 0.5])).toEqual([0.5, 0.5, 0]);
    expect(withOneLess([0.25, 0.25, 0.5])).toEqual([0.5, 0.5]);
  });

  test('weights of any size become shares', () => {
    expect(sharesOf([1, 1, 2])).toEqual([0.25, 0.25, 0.5]);
    expect(sharesOf([1, 1, 1])).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  test('what rounding loses goes to another share', () => {
    expect(withShare([1, 1, 1, 1], 0, 0)).toEqual([0, 0.333334, 0.333333, 0.333333]);
  });

  test('a shorter list is filled up', () => {
    expect(paired([1, 2, 3], [4, 5])).toEqual([
      [1, 2, 3],
      [4, 5, 0],
    ]);
  });

  test('whatever is set, it is set as wanted, none is negative and all sum to 1', () => {
    const share = fc.integer({ min: 0, max: 1000 }).map((count) => count / 1000);
    fc.assert(
      fc.property(distributions, fc.nat(), share, (shares, which, share) => {
        const at = which % shares.length;
        const after = withShare(shares, at, share);
        expect(after[at]).toBe(share);
        expect(Math.min(...after)).toBeGreaterThanOrEqual(0);
        expect(total(after)).toBeCloseTo(1, 12);
      }),
    );
  });
});
