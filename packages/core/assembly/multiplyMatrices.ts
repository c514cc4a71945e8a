import { bytes, madd, zeros } from './lanes';

/*
 * The product of two matrices, for the kernels that are made of it. Four rows by eight columns of z are computed at a
 * time: their sums stay in registers, and each step of the inner loop reads twelve numbers for thirty-two products.
 * A large product is cut into blocks whose numbers are first copied ("packed") into panels, in the very order in which
 * the loop reads them, so that they come from the near caches.
 *
 * Each number of z is summed up in the order of the inner axis, `innerBlock` products at a time, whatever its place: it
 * does not depend on how a larger product was cut into rows and columns.
 */

const rowBlock: i32 = 64;
const innerBlock: i32 = 256;
const columnBlock: i32 = 128;

const xPanelBytes: usize = 4 * rowBlock * innerBlock;
const yPanelBytes: usize = 4 * innerBlock * columnBlock;
const tileBytes: usize = 4 * 4 * 8;

/** How much room `multiplyMatrices` needs to work: two packed panels, and a tile that is larger than what is left of z. */
export const workBytes: usize = xPanelBytes + yPanelBytes + tileBytes;

/** From so many rows on, a panel of y is read so often that packing it pays. */
const manyRows: i32 = 24;
/** From so many columns on, the same for x. */
const manyColumns: i32 = 48;

/**
 * z[i, j] = Σₚ x[i, p]·y[p, j], or z += that with `accumulate`, for one matrix. x[i, p] lies at
 * x + 4·(i·xRow + p·xColumn), y[p, j] at y + 4·(p·yRow + j·yColumn), z[i, j] at z + 4·(i·zRow + j): strides count
 * numbers, addresses bytes. An empty sum is 0. `work` is the address of `workBytes` bytes that are this thread's alone.
 */
export function multiplyMatrices(
  x: usize,
  xRow: i32,
  xColumn: i32,
  y: usize,
  yRow: i32,
  yColumn: i32,
  z: usize,
  zRow: i32,
  rows: i32,
  inner: i32,
  columns: i32,
  accumulate: bool,
  work: usize,
): void {
  if (inner <= 0) {
    if (!accumulate) fillWithZeros(z, zRow, rows, columns);
    return;
  }
  const xPanel = work;
  const yPanel = work + xPanelBytes;
  const tile = yPanel + yPanelBytes;
  // What is already in a good order is read in place when it is read only a few times, or is small.
  const packsY = yColumn != 1 || (rows >= manyRows && yRow > 8 && min(inner, innerBlock) * columns > 2048);
  const packsX = (xRow != 1 && xColumn != 1) || (columns >= manyColumns && rows * min(inner, innerBlock) > 2048);
  for (let j = 0; j < columns; j += columnBlock) {
    const width = min(columnBlock, columns - j);
    for (let p = 0; p < inner; p += innerBlock) {
      const depth = min(innerBlock, inner - p);
      const adds = accumulate || p > 0;
      const yBlock = y + bytes(p * yRow + j * yColumn);
      if (packsY) packColumns(yBlock, bytes(yRow), bytes(yColumn), depth, width, yPanel);
      for (let i = 0; i < rows; i += rowBlock) {
        const height = min(rowBlock, rows - i);
        const xBlock = x + bytes(i * xRow + p * xColumn);
        if (packsX) packRows(xBlock, bytes(xRow), bytes(xColumn), height, depth, xPanel);
        const zBlock = z + bytes(i * zRow + j);
        for (let right = 0; right < width; right += 8) {
          const yTile = packsY ? yPanel + bytes(right * depth) : yBlock + bytes(right);
          const yStep: usize = packsY ? 32 : bytes(yRow);
          for (let down = 0; down < height; down += 4) {
            const isWhole = height - down >= 4 && width - right >= 8;
            const zTile = zBlock + bytes(down * zRow + right);
            const target = isWhole ? zTile : tile;
            const targetRow: usize = isWhole ? bytes(zRow) : 32;
            const addsHere = isWhole && adds;
            if (packsX) {
              multiplyPanels(xPanel + bytes(down * depth), 16, yTile, yStep, target, targetRow, depth, addsHere);
            } else if (xRow == 1) {
              multiplyPanels(xBlock + bytes(down), bytes(xColumn), yTile, yStep, target, targetRow, depth, addsHere);
            } else {
              const xTile = xBlock + bytes(down * xRow);
              // Rows that are not there are the last one again; what becomes of them is thrown away.
              const x1 = xTile + bytes(min(1, height - down - 1) * xRow);
              const x2 = xTile + bytes(min(2, height - down - 1) * xRow);
              const x3 = xTile + bytes(min(3, height - down - 1) * xRow);
              multiplyRows(xTile, x1, x2, x3, yTile, yStep, target, targetRow, depth, addsHere);
            }
            if (!isWhole) copyCorner(tile, zTile, bytes(zRow), min(4, height - down), min(8, width - right), adds);
          }
        }
      }
    }
  }
}

/** The tile z of four rows by eight columns, where the four numbers of x that belong together lie side by side. */
function multiplyPanels(
  x: usize,
  xStep: usize,
  y: usize,
  yStep: usize,
  z: usize,
  zRow: usize,
  depth: i32,
  accumulate: bool,
): void {
  let a0 = zeros();
  let b0 = zeros();
  let a1 = zeros();
  let b1 = zeros();
  let a2 = zeros();
  let b2 = zeros();
  let a3 = zeros();
  let b3 = zeros();
  for (let p = 0; p < depth; p++) {
    const left = v128.load(y);
    const right = v128.load(y, 16);
    let factor = v128.load32_splat(x);
    a0 = madd(factor, left, a0);
    b0 = madd(factor, right, b0);
    factor = v128.load32_splat(x, 4);
    a1 = madd(factor, left, a1);
    b1 = madd(factor, right, b1);
    factor = v128.load32_splat(x, 8);
    a2 = madd(factor, left, a2);
    b2 = madd(factor, right, b2);
    factor = v128.load32_splat(x, 12);
    a3 = madd(factor, left, a3);
    b3 = madd(factor, right, b3);
    x += xStep;
    y += yStep;
  }
  storeRow(z, a0, b0, accumulate);
  storeRow(z + zRow, a1, b1, accumulate);
  storeRow(z + 2 * zRow, a2, b2, accumulate);
  storeRow(z + 3 * zRow, a3, b3, accumulate);
}

/** The tile z of four rows by eight columns, where each of four rows of x lies in one piece. */
function multiplyRows(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  y: usize,
  yStep: usize,
  z: usize,
  zRow: usize,
  depth: i32,
  accumulate: bool,
): void {
  let a0 = zeros();
  let b0 = zeros();
  let a1 = zeros();
  let b1 = zeros();
  let a2 = zeros();
  let b2 = zeros();
  let a3 = zeros();
  let b3 = zeros();
  const end = bytes(depth);
  for (let at: usize = 0; at < end; at += 4) {
    const left = v128.load(y);
    const right = v128.load(y, 16);
    let factor = v128.load32_splat(x0 + at);
    a0 = madd(factor, left, a0);
    b0 = madd(factor, right, b0);
    factor = v128.load32_splat(x1 + at);
    a1 = madd(factor, left, a1);
    b1 = madd(factor, right, b1);
    factor = v128.load32_splat(x2 + at);
    a2 = madd(factor, left, a2);
    b2 = madd(factor, right, b2);
    factor = v128.load32_splat(x3 + at);
    a3 = madd(factor, left, a3);
    b3 = madd(factor, right, b3);
    y += yStep;
  }
  storeRow(z, a0, b0, accumulate);
  storeRow(z + zRow, a1, b1, accumulate);
  storeRow(z + 2 * zRow, a2, b2, accumulate);
  storeRow(z + 3 * zRow, a3, b3, accumulate);
}

// @ts-ignore: decorator
@inline
function storeRow(z: usize, left: v128, right: v128, accumulate: bool): void {
  if (accumulate) {
    v128.store(z, f32x4.add(v128.load(z), left));
    v128.store(z, f32x4.add(v128.load(z, 16), right), 16);
  } else {
    v128.store(z, left);
    v128.store(z, right, 16);
  }
}

/** The part of a tile that belongs to z. */
function copyCorner(tile: usize, z: usize, zRow: usize, height: i32, width: i32, accumulate: bool): void {
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const number = load<f32>(tile + bytes(j));
      store<f32>(z + bytes(j), accumulate ? load<f32>(z + bytes(j)) + number : number);
    }
    tile += 32;
    z += zRow;
  }
}

function fillWithZeros(z: usize, zRow: i32, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) memory.fill(z + bytes(i * zRow), 0, bytes(columns));
}

/** x in panels of four rows: all four numbers of the first step, then those of the second, and so on. */
function packRows(x: usize, xRow: usize, xColumn: usize, height: i32, depth: i32, panel: usize): void {
  for (let i = 0; i < height; i += 4) {
    packFour(x, xRow, xColumn, height - i, depth, panel, 16);
    x += 4 * xRow;
    panel += bytes(4 * depth);
  }
}

/** y in panels of eight columns. */
function packColumns(y: usize, yRow: usize, yColumn: usize, depth: i32, width: i32, panel: usize): void {
  for (let j = 0; j < width; j += 8) {
    packFour(y, yColumn, yRow, width - j, depth, panel, 32);
    if (width - j > 4) packFour(y + 4 * yColumn, yColumn, yRow, width - j - 4, depth, panel + 16, 32);
    else packFour(y, yColumn, yRow, width - j, depth, panel + 16, 32);
    y += 8 * yColumn;
    panel += bytes(8 * depth);
  }
}

/**
 * Copies four lines of numbers, which are `across` bytes from each other, beside each other: the next number of a line
 * is `along` bytes on, and goes `step` bytes on. Lines that are not there are the last one again.
 */
function packFour(
  source: usize,
  across: usize,
  along: usize,
  lines: i32,
  depth: i32,
  target: usize,
  step: usize,
): void {
  if (across == 4) {
    for (let p = 0; p < depth; p++) {
      v128.store(target, v128.load(source));
      source += along;
      target += step;
    }
    return;
  }
  let line0 = source;
  let line1 = source + <usize>min(1, lines - 1) * across;
  let line2 = source + <usize>min(2, lines - 1) * across;
  let line3 = source + <usize>min(3, lines - 1) * across;
  let p = 0;
  if (along == 4) {
    for (; p + 4 <= depth; p += 4) {
      const a = v128.load(line0);
      const b = v128.load(line1);
      const c = v128.load(line2);
      const d = v128.load(line3);
      const abLow = i32x4.shuffle(a, b, 0, 4, 1, 5);
      const cdLow = i32x4.shuffle(c, d, 0, 4, 1, 5);
      const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
      const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
      v128.store(target, i64x2.shuffle(abLow, cdLow, 0, 2));
      v128.store(target + step, i64x2.shuffle(abLow, cdLow, 1, 3));
      v128.store(target + 2 * step, i64x2.shuffle(abHigh, cdHigh, 0, 2));
      v128.store(target + 3 * step, i64x2.shuffle(abHigh, cdHigh, 1, 3));
      line0 += 16;
      line1 += 16;
      line2 += 16;
      line3 += 16;
      target += 4 * step;
    }
  }
  for (; p < depth; p++) {
    store<f32>(target, load<f32>(line0));
    store<f32>(target, load<f32>(line1), 4);
    store<f32>(target, load<f32>(line2), 8);
    store<f32>(target, load<f32>(line3), 12);
    line0 += along;
    line1 += along;
    line2 += along;
    line3 += along;
    target += step;
  }
}
