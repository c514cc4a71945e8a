import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketed, meanOfLast, median } from './curves.ts';

describe('curves', () => {
  test('a short series is itself, with its trailing mean', () => {
    expect(bucketed([4, 2, 6], 2)).toEqual([
      { step: 1, low: 4, high: 4, smooth: 4 },
      { step: 2, low: 2, high: 2, smooth: 3 },
      { step: 3, low: 6, high: 6, smooth: 4 },
    ]);
    expect(bucketed([], 5)).toEqual([]);
  });

  test('a long one has few buckets, and loses neither a peak nor a step', () => {
    const series = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 50 }), (numbers, most) => {
        const buckets = bucketed(numbers, 7, most);
        expect(buckets.length).toBeLessThanOrEqual(most);
        expect(Math.max(...buckets.map(({ high }) => high))).toBe(Math.max(...numbers));
        expect(Math.min(...buckets.map(({ low }) => low))).toBe(Math.min(...numbers));
        expect(buckets.at(-1)?.smooth).toBe(meanOfLast(numbers, numbers.length, 7));
        expect(buckets.every(({ step }, index) => index === 0 || step > buckets[index - 1].step)).toBe(true);
      }),
    );
  });

  test('means of the last', () => {
    expect(meanOfLast([1, 2, 3, 4], 4, 2)).toBe(3.5);
    expect(meanOfLast([1, 2, 3, 4], 4, 100)).toBe(2.5);
    expect(meanOfLast([], 0, 3)).toBeNaN();
  });

  test('medians', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});
