import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniform } from '../../test/numbers.ts';
import { cumulativeSum, product } from './accumulation.ts';

const sizes = fc.tuple(fc.nat(3), fc.nat(5), fc.nat(3));

describe('product', () => {
  it('multiplies the middle axis', () => {
    fc.assert(
      fc.property(sizes, ([outer, length, inner]) => {
        const x = uniform([outer * length * inner]).data;
        const got = new Float64Array(outer * inner).fill(Number.NaN);
        product(x, got, outer, length, inner);
        const wanted = got.map((_, at) => {
          const [o, i] = [Math.floor(at / inner), at % inner];
          return Array.from({ length }, (_, n) => x[(o * length + n) * inner + i]).reduce((y, x) => y * x, 1);
        });
        expect(got).toEqual(wanted);
      }),
    );
  });
});

describe('cumulativeSum', () => {
  it.each([
    [0, 0, [1, 3, 6]],
    [1, 0, [0, 1, 3]],
    [0, 1, [6, 5, 3]],
    [1, 1, [5, 3, 0]],
  ])('exclusive %i, reverse %i', (exclusive, reverse, wanted) => {
    const y = new Float64Array(3);
    cumulativeSum(new Float64Array([1, 2, 3]), y, 1, 3, 1, exclusive, reverse);
    expect([...y]).toEqual(wanted);
  });

  it('leaves lines apart', () => {
    const y = new Float64Array(8);
    cumulativeSum(new Float64Array([1, 2, 3, 4, 5, 6, 7, 8]), y, 2, 2, 2, 0, 0);
    expect([...y]).toEqual([1, 2, 4, 6, 5, 6, 12, 14]);
  });
});
