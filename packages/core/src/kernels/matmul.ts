import type { FloatArray } from './dtype.ts';

/** How a matrix lies in flat memory: the distance between batches, between rows and between columns, in elements. */
export type MatrixStrides = readonly [batch: number, row: number, column: number];

/**
 * z[b, i, j] = Σₚ x[b, i, p]·y[b, p, j], with z row-major and x, y by any strides (so that a transpose costs nothing,
 * and a batch stride of 0 repeats one matrix).
 *
 * Four rows by four columns of z are computed together: sixteen products for eight numbers read. What is left over at
 * the right and at the bottom is computed one number at a time. Sums are carried in double precision.
 */
export function matmul(
  x: FloatArray,
  y: FloatArray,
  z: FloatArray,
  batch: number,
  rows: number,
  inner: number,
  columns: number,
  [xBatch, xRow, xColumn]: MatrixStrides,
  [yBatch, yRow, yColumn]: MatrixStrides,
): void {
  for (let b = 0; b < batch; b++) {
    multiplyInto(
      x,
      b * xBatch,
      xRow,
      xColumn,
      y,
      b * yBatch,
      yRow,
      yColumn,
      z,
      b * rows * columns,
      rows,
      inner,
      columns,
      false,
    );
  }
}

/** z = x·y (or z += x·y with `accumulate`) for one matrix of the batch, starting at the given offsets. */
export function multiplyInto(
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
  rows: number,
  inner: number,
  columns: number,
  accumulate: boolean,
): void {
  const fullRows = rows - (rows % 4);
  const fullColumns = columns - (columns % 4);
  for (let i = 0; i < fullRows; i += 4) {
    for (let j = 0; j < fullColumns; j += 4) {
      tile(
        x,
        xStart + i * xRow,
        xRow,
        xColumn,
        y,
        yStart + j * yColumn,
        yRow,
        yColumn,
        z,
        zStart + i * columns + j,
        inner,
        columns,
        accumulate,
      );
    }
  }
  for (let i = 0; i < rows; i++) {
    for (let j = i < fullRows ? fullColumns : 0; j < columns; j++) {
      let total = 0;
      for (
        let p = 0, xAt = xStart + i * xRow, yAt = yStart + j * yColumn;
        p < inner;
        p++, xAt += xColumn, yAt += yRow
      ) {
        total += x[xAt] * y[yAt];
      }
      const at = zStart + i * columns + j;
      z[at] = accumulate ? z[at] + total : total;
    }
  }
}

/** Four rows by four columns of a product. */
function tile(
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
  let z00 = 0,
    z01 = 0,
    z02 = 0,
    z03 = 0;
  let z10 = 0,
    z11 = 0,
    z12 = 0,
    z13 = 0;
  let z20 = 0,
    z21 = 0,
    z22 = 0,
    z23 = 0;
  let z30 = 0,
    z31 = 0,
    z32 = 0,
    z33 = 0;
  const y1 = yColumn,
    y2 = 2 * yColumn,
    y3 = 3 * yColumn;
  const x1 = xRow,
    x2 = 2 * xRow,
    x3 = 3 * xRow;
  for (let p = 0, xAt = xStart, yAt = yStart; p < inner; p++, xAt += xColumn, yAt += yRow) {
    const b0 = y[yAt],
      b1 = y[yAt + y1],
      b2 = y[yAt + y2],
      b3 = y[yAt + y3];
    let a = x[xAt];
    z00 += a * b0;
    z01 += a * b1;
    z02 += a * b2;
    z03 += a * b3;
    a = x[xAt + x1];
    z10 += a * b0;
    z11 += a * b1;
    z12 += a * b2;
    z13 += a * b3;
    a = x[xAt + x2];
    z20 += a * b0;
    z21 += a * b1;
    z22 += a * b2;
    z23 += a * b3;
    a = x[xAt + x3];
    z30 += a * b0;
    z31 += a * b1;
    z32 += a * b2;
    z33 += a * b3;
  }
  if (accumulate) {
    let at = zStart;
    z[at] += z00;
    z[at + 1] += z01;
    z[at + 2] += z02;
    z[at + 3] += z03;
    at += columns;
    z[at] += z10;
    z[at + 1] += z11;
    z[at + 2] += z12;
    z[at + 3] += z13;
    at += columns;
    z[at] += z20;
    z[at + 1] += z21;
    z[at + 2] += z22;
    z[at + 3] += z23;
    at += columns;
    z[at] += z30;
    z[at + 1] += z31;
    z[at + 2] += z32;
    z[at + 3] += z33;
    return;
  }
  let at = zStart;
  z[at] = z00;
  z[at + 1] = z01;
  z[at + 2] = z02;
  z[at + 3] = z03;
  at += columns;
  z[at] = z10;
  z[at + 1] = z11;
  z[at + 2] = z12;
  z[at + 3] = z13;
  at += columns;
  z[at] = z20;
  z[at + 1] = z21;
  z[at + 2] = z22;
  z[at + 3] = z23;
  at += columns;
  z[at] = z30;
  z[at + 1] = z31;
  z[at + 2] = z32;
  z[at + 3] = z33;
}
