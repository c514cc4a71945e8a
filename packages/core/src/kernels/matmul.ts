import type { FloatArray } from './dtype.ts';
import { multiplyTile } from './matmulTile.ts';

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
      multiplyTile(
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
