import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniform } from '../../test/numbers.ts';
import { type MatrixStrides, matmul, multiplyInto } from './matmul.ts';

const numbers = (count: number, seed: number): Float64Array => new Float64Array(uniform([count], { seed }).data);
const length = fc.integer({ min: 0, max: 9 });
const stride = fc.integer({ min: 0, max: 5 });
const strides = fc.tuple(fc.nat(20), stride, stride);

describe('matmul', () => {
  it('carries float32 sums in double precision', () => {
    const z = new Float32Array(1);
    matmul(Float32Array.of(2 ** 24, 1, 1), Float32Array.of(1, 1, 1), z, 1, 1, 3, 1, [0, 3, 1], [0, 1, 1]);
    expect(z[0]).toBe(2 ** 24 + 2);
  });

  it('agrees with three loops for any strides, of 0 too', () => {
    fc.assert(
      fc.property(fc.nat(3), length, length, length, strides, strides, (batch, rows, inner, columns, x, y) => {
        const room = (strides: MatrixStrides): number => 1 + 3 * strides[0] + 9 * (strides[1] + strides[2]);
        const [left, right] = [numbers(room(x), 1), numbers(room(y), 2)];
        const [got, wanted] = [0, 0].map(() => new Float64Array(batch * rows * columns).fill(Number.NaN));
        matmul(left, right, got, batch, rows, inner, columns, x, y);
        for (let b = 0, at = 0; b < batch; b++) {
          for (let i = 0; i < rows; i++) {
            for (let j = 0; j < columns; j++, at++) {
              wanted[at] = 0;
              for (let p = 0; p < inner; p++) {
                wanted[at] += left[b * x[0] + i * x[1] + p * x[2]] * right[b * y[0] + p * y[1] + j * y[2]];
              }
            }
          }
        }
        expect(got).toEqual(wanted);
      }),
    );
  });

  it('carries the sums of a float32 tile in double precision', () => {
    const x = new Float32Array(4 * 3).map((_, index) => (index % 3 === 0 ? 2 ** 24 : 1));
    const z = new Float32Array(16);
    matmul(x, new Float32Array(3 * 4).fill(1), z, 1, 4, 3, 4, [0, 3, 1], [0, 4, 1]);
    expect(z).toEqual(new Float32Array(16).fill(2 ** 24 + 2));
  });
});

describe('multiplyInto', () => {
  it('adds to what is there when told to, and leaves the rest alone', () => {
    fc.assert(
      fc.property(length, length, length, (rows, inner, columns) => {
        const [x, y] = [numbers(rows * inner + 2, 1), numbers(inner * columns + 3, 2)];
        const product = new Float64Array(rows * columns);
        multiplyInto(x, 2, inner, 1, y, 3, columns, 1, product, 0, rows, inner, columns, false);
        const z = new Float64Array(rows * columns + 7).fill(10);
        multiplyInto(x, 2, inner, 1, y, 3, columns, 1, z, 4, rows, inner, columns, true);
        expect(z.subarray(0, 4)).toEqual(new Float64Array(4).fill(10));
        expect(z.subarray(4, -3)).toEqual(product.map((number) => 10 + number));
        expect(z.subarray(-3)).toEqual(new Float64Array(3).fill(10));
      }),
    );
  });
});
