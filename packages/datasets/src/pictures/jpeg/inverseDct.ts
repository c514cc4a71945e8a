import type { Component } from './frame.ts';

/*
 * The inverse discrete cosine transform in whole numbers: y = Σ c(u) c(v) X[u, v] cos((2x+1)uπ/16) cos((2y+1)vπ/16) / 4, columns first, then rows,
 * each in 11 multiplications.
 *
 * Source: Loeffler, Ligtenberg and Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications", 1989, with the
 * constants of 13 bits and the roundings that the Independent JPEG Group chose, so that pixels are those of other programs.
 */

const fractionBits = 13;
/** More bits that are kept between columns and rows. */
const keptBits = 2;
const constant = (value: number): number => Math.round(value * 2 ** fractionBits);

const c0298 = constant(0.298631336);
const c0390 = constant(0.390180644);
const c0541 = constant(0.5411961);
const c0765 = constant(0.765366865);
const c0899 = constant(0.899976223);
const c1175 = constant(1.175875602);
const c1501 = constant(1.50132111);
const c1847 = constant(1.847759065);
const c1961 = constant(1.96157056);
const c2053 = constant(2.053119869);
const c2562 = constant(2.562915447);
const c3072 = constant(3.072711026);

/** The samples of a component, of whole blocks: rows of 8 · rowLength numbers from 0 to 255. */
export function samplesOf({ coefficients, rowLength, steps = new Uint16Array(64) }: Component): Uint8Array {
  const samples = new Uint8ClampedArray(coefficients.length);
  const work = new Int32Array(64);
  for (let block = 0; block < coefficients.length / 64; block++) {
    const at = 64 * block;
    const [row, column] = [Math.floor(block / rowLength), block % rowLength];
    for (let k = 0; k < 64; k++) work[k] = Math.imul(coefficients[at + k], steps[k]);
    for (let x = 0; x < 8; x++) transform(work, x, 8, fractionBits - keptBits);
    for (let y = 0; y < 8; y++) transform(work, 8 * y, 1, fractionBits + keptBits + 3);
    for (let y = 0, from = 0; y < 8; y++) {
      const start = (8 * row + y) * 8 * rowLength + 8 * column;
      for (let x = 0; x < 8; x++, from++) samples[start + x] = work[from] + 128;
    }
  }
  return new Uint8Array(samples.buffer);
}

/** Eight numbers from `start` on, `step` apart, transformed and rounded by so many bits. */
function transform(x: Int32Array, start: number, step: number, bits: number): void {
  const [i1, i2, i3] = [start + step, start + 2 * step, start + 3 * step];
  const [i4, i5, i6, i7] = [start + 4 * step, start + 5 * step, start + 6 * step, start + 7 * step];
  const half = 1 << (bits - 1);

  const shared = Math.imul(x[i2] + x[i6], c0541);
  const even2 = shared - Math.imul(x[i6], c1847);
  const even3 = shared + Math.imul(x[i2], c0765);
  const even0 = (x[start] + x[i4]) << fractionBits;
  const even1 = (x[start] - x[i4]) << fractionBits;
  const [a0, a3, a1, a2] = [even0 + even3 + half, even0 - even3 + half, even1 + even2 + half, even1 - even2 + half];

  const both = Math.imul(x[i7] + x[i3] + x[i5] + x[i1], c1175);
  const outer = Math.imul(x[i7] + x[i1], -c0899);
  const inner = Math.imul(x[i5] + x[i3], -c2562);
  const odd = Math.imul(x[i7] + x[i3], -c1961) + both;
  const other = Math.imul(x[i5] + x[i1], -c0390) + both;
  const b0 = Math.imul(x[i7], c0298) + outer + odd;
  const b1 = Math.imul(x[i5], c2053) + inner + other;
  const b2 = Math.imul(x[i3], c3072) + inner + odd;
  const b3 = Math.imul(x[i1], c1501) + outer + other;

  x[start] = (a0 + b3) >> bits;
  x[i7] = (a0 - b3) >> bits;
  x[i1] = (a1 + b2) >> bits;
  x[i6] = (a1 - b2) >> bits;
  x[i2] = (a2 + b1) >> bits;
  x[i5] = (a2 - b1) >> bits;
  x[i3] = (a3 + b0) >> bits;
  x[i4] = (a3 - b0) >> bits;
}
