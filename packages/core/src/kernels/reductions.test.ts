import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniform } from '../../test/numbers.ts';
import { max, min, sum } from './reductions.ts';

const kernels = [
  { name: 'sum', kernel: sum, start: 0, join: (total: number, x: number) => total + x },
  { name: 'max', kernel: max, start: -Infinity, join: (largest: number, x: number) => Math.max(largest, x) },
  { name: 'min', kernel: min, start: Infinity, join: (smallest: number, x: number) => Math.min(smallest, x) },
];

describe.each(kernels)('$name', ({ kernel, start, join }) => {
  it('reduces the middle axis', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(5), fc.nat(4), (outer, length, inner) => {
        const x = new Float64Array(uniform([outer * length * inner]).data);
        const got = new Float64Array(outer * inner).fill(Number.NaN);
        kernel(x, got, outer, length, inner);
        const wanted = got.map((_, at) => {
          const [o, i] = [Math.floor(at / inner), at % inner];
          return Array.from({ length }, (_, n) => x[(o * length + n) * inner + i]).reduce(join, start);
        });
        expect(got).toEqual(wanted);
      }),
    );
  });
});
