import type { FloatArray } from './dtype.ts';

/**
 * Four rows by four columns of a matrix product: z = x·y, or z += x·y with `accumulate`. The sixteen sums stay in
 * registers, and each step of the loop reads eight numbers for sixteen products.
 */
export function multiplyTile(
  x: FloatArray,
  xStart: number,
  xRow: number,
  xColumn: number,
  y: FloatArray,
  yStart: number,
  yRow: number,
  yColumn: number,
  z: FloatArray,
  zStart: number,
  inner: number,
  columns: number,
  accumulate: boolean,
): void {
  // biome-ignore format: the sums stand as they do in the matrix
  let z00 = 0, z01 = 0, z02 = 0, z03 = 0,
      z10 = 0, z11 = 0, z12 = 0, z13 = 0,
      z20 = 0, z21 = 0, z22 = 0, z23 = 0,
      z30 = 0, z31 = 0, z32 = 0, z33 = 0;
  const [x1, x2, x3] = [xRow, 2 * xRow, 3 * xRow];
  const [y1, y2, y3] = [yColumn, 2 * yColumn, 3 * yColumn];
  // biome-ignore format: a row of the tile is a row here
  for (let p = 0, xAt = xStart, yAt = yStart; p < inner; p++, xAt += xColumn, yAt += yRow) {
    const b0 = y[yAt], b1 = y[yAt + y1], b2 = y[yAt + y2], b3 = y[yAt + y3];
    let a = x[xAt];
    z00 += a * b0; z01 += a * b1; z02 += a * b2; z03 += a * b3;
    a = x[xAt + x1];
    z10 += a * b0; z11 += a * b1; z12 += a * b2; z13 += a * b3;
    a = x[xAt + x2];
    z20 += a * b0; z21 += a * b1; z22 += a * b2; z23 += a * b3;
    a = x[xAt + x3];
    z30 += a * b0; z31 += a * b1; z32 += a * b2; z33 += a * b3;
  }
  put(z, zStart, z00, z01, z02, z03, accumulate);
  put(z, zStart + columns, z10, z11, z12, z13, accumulate);
  put(z, zStart + 2 * columns, z20, z21, z22, z23, accumulate);
  put(z, zStart + 3 * columns, z30, z31, z32, z33, accumulate);
}

function put(z: FloatArray, at: number, a: number, b: number, c: number, d: number, accumulate: boolean): void {
  z[at] = accumulate ? z[at] + a : a;
  z[at + 1] = accumulate ? z[at + 1] + b : b;
  z[at + 2] = accumulate ? z[at + 2] + c : c;
  z[at + 3] = accumulate ? z[at + 3] + d : d;
}
