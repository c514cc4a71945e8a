import { describe, expect, it } from 'vitest';
import { checkDerivatives, gradientsOf } from '../../../test/gradients.ts';
import { double, uniform } from '../../../test/numbers.ts';
import { multiply } from '../elementwise/multiply.ts';
import { mean } from './mean.ts';

describe('mean', () => {
  it('divides by the number of what is added', () => {
    const x = [
      [1, 2, 3],
      [4, 5, 9],
    ];
    expect(mean(x).toList()).toBe(4);
    expect(mean(x, { axes: 0 }).toList()).toEqual([2.5, 3.5, 6]);
    expect(mean(x, { axes: -1, keepDims: true }).toList()).toEqual([[2], [6]]);
    expect(mean(double([0.1])).toList()).toBe(0.1);
  });

  it('is NaN of nothing', () => {
    expect(mean([]).toList()).toBe(Number.NaN);
    expect(gradientsOf((x) => mean(x), [[]])).toEqual([[]]);
  });

  it('shares the cotangent out equally', () => {
    checkDerivatives((x) => mean(multiply(x, x), { axes: 1 }), [uniform([2, 3, 2])]);
    checkDerivatives((x) => multiply(x, mean(x)), [uniform([2, 3])]);
    expect(gradientsOf((x) => mean(x), [[1, 2, 3, 4]], [2])).toEqual([[0.5, 0.5, 0.5, 0.5]]);
  });

  it('says what does not fit', () => {
    expect(() => mean([[1]], { axes: [0, 0] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: mean: axes [0, 0], which name axis 0 twice; wanted each axis at most once. Drop the second one.]`,
    );
  });
});
