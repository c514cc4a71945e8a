import { storeFirst } from './edges';
import { bytes } from './lanes';
import { packPanel, panelColumns } from './matrixPanels';
import { innerBlock, multiplyBlock, multiplyMatrices } from './multiplyMatrices';
import { multiplyLines } from './multiplyLines';

/**
 * y[b, p, j] in panels of columns, for products that read each of them often: `innerBlock` steps of all panels, then
 * those of the next steps. A unit is `innerBlock` steps of one panel.
 */
export function packMatrix(
  y: usize,
  packed: usize,
  inner: i32,
  columns: i32,
  yBatch: i32,
  yRow: i32,
  yColumn: i32,
  from: i32,
  to: i32,
): void {
  const panels = (columns + panelColumns - 1) / panelColumns;
  const blocks = (inner + innerBlock - 1) / innerBlock;
  for (let unit = from; unit < to; unit++) {
    const j = (unit % panels) * panelColumns;
    const p = ((unit / panels) % blocks) * innerBlock;
    const b = unit / panels / blocks;
    const depth = min(innerBlock, inner - p);
    const source = y + bytes(b * yBatch + p * yRow + j * yColumn);
    const target = packed + bytes((b * inner + p) * panels * panelColumns + j * depth);
    packPanel(source, bytes(yRow), bytes(yColumn), depth, min(panelColumns, columns - j), target);
  }
}

/**
 * z[c, b, i, j] = Σₚ x[b, i, p]·y[b, p, j], over the p of part c of the inner axis. A unit is a block of `blockRows` by
 * `blockColumns` numbers of one z[c, b]; units count through the blocks of a row first, then rows, batch, parts. `packed`
 * is y as `packMatrix` writes it, with the strides of y for its batch, or 0. `work` has `workBytes` of room for each
 * thread, `roomBytes` in all for one.
 */
export function matmul(
  x: usize,
  y: usize,
  packed: usize,
  z: usize,
  work: usize,
  roomBytes: i32,
  batch: i32,
  rows: i32,
  inner: i32,
  columns: i32,
  xBatch: i32,
  xRow: i32,
  xColumn: i32,
  yBatch: i32,
  yRow: i32,
  yColumn: i32,
  blockRows: i32,
  blockColumns: i32,
  part: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const room = work + <usize>thread * roomBytes;
  const down = (rows + blockRows - 1) / blockRows;
  const across = (columns + blockColumns - 1) / blockColumns;
  for (let unit = from; unit < to; unit++) {
    const j = (unit % across) * blockColumns;
    const line = unit / across;
    const i = (line % down) * blockRows;
    const matrix = line / down;
    const b = matrix % batch;
    const p = (matrix / batch) * part;
    const height = min(blockRows, rows - i);
    const width = min(blockColumns, columns - j);
    const depth = min(part, inner - p);
    const xBlock = x + bytes(b * xBatch + i * xRow + p * xColumn);
    const yBlock = y + bytes(b * yBatch + p * yRow + j * yColumn);
    const zBlock = z + bytes((matrix * rows + i) * columns + j);
    if (packed) {
      const across16 = (columns + panelColumns - 1) & ~(panelColumns - 1);
      const matrixOfY = yBatch == 0 ? 0 : b;
      for (let at = p; at < p + depth; at += innerBlock) {
        const steps = min(innerBlock, p + depth - at);
        const panels = packed + bytes((matrixOfY * inner + at) * across16 + j * steps);
        const adds = at > p;
        multiplyBlock(xBlock + bytes((at - p) * xColumn), xRow, xColumn, panels, 0, zBlock, columns, height, steps, width, adds, room);
      }
    } else if (xColumn == 1 && yRow == 1 && rows < 4) {
      // With fewer than four rows or columns most of a tile would be wasted.
      multiplyLines(xBlock, bytes(xRow), yBlock, bytes(yColumn), zBlock, bytes(columns), 4, height, width, depth);
    } else if (xColumn == 1 && yRow == 1 && columns < 4) {
      multiplyLines(yBlock, bytes(yColumn), xBlock, bytes(xRow), zBlock, 4, bytes(columns), width, height, depth);
    } else {
      multiplyMatrices(
        xBlock,
        xRow,
        xColumn,
        yBlock,
        yRow,
        yColumn,
        zBlock,
        columns,
        height,
        depth,
        width,
        false,
        room,
      );
    }
  }
}

/** z[n] = Σ_c parts[c, n], for n in [from, to), in the order of c */
export function addParts(parts: usize, z: usize, count: i32, length: i32, from: i32, to: i32): void {
  for (let n = from; n < to; n += 4) {
    let part = parts + bytes(n);
    let total = v128.load(part);
    for (let c = 1; c < count; c++) {
      part += bytes(length);
      total = f32x4.add(total, v128.load(part));
    }
    storeFirst(z + bytes(n), total, to - n);
  }
}

/** y[r, c] += bias[c]; a unit is `block` columns of one row. */
export function addToRows(bias: usize, y: usize, columns: i32, block: i32, from: i32, to: i32): void {
  const across = (columns + block - 1) / block;
  for (let unit = from; unit < to; unit++) {
    const start = (unit % across) * block;
    addToRow(bias + bytes(start), y + bytes((unit / across) * columns + start), min(block, columns - start));
  }
}

function addToRow(bias: usize, y: usize, length: i32): void {
  let left = length;
  for (; left >= 4; left -= 4) {
    v128.store(y, f32x4.add(v128.load(y), v128.load(bias)));
    y += 16;
    bias += 16;
  }
  if (left > 0) storeFirst(y, f32x4.add(v128.load(y), v128.load(bias)), left);
}
