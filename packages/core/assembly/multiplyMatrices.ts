import { tileX16, tileX8 } from './generated/productTiles';
import { bytes, isWide } from './lanes';
import { packColumns, packPanel, packRows, panelColumns } from './matrixPanels';

/*
 * The product of two matrices, for the kernels that are made of it. A tile of z, six rows by sixteen columns where lanes
 * are wide and four by eight where they are not, is computed at a time: its sums stay in registers. A large product is cut
 * into blocks whose numbers are first packed into panels (matrixPanels.ts).
 *
 * Each number of z is summed up in the order of the inner axis, `innerBlock` products at a time, wherever it is: it
 * does not depend on tiles, nor on how a larger product was cut into rows and columns.
 */

/** How many rows, steps of the inner axis and columns a block has at most: x stays in the second cache, a panel of y in the first. */
const rowBlock: i32 = 96;
export const innerBlock: i32 = 256;
const columnBlock: i32 = 512;

const xPanelBytes: usize = 4 * rowBlock * innerBlock;
const yPanelBytes: usize = 4 * innerBlock * columnBlock;
const cornerBytes: usize = 4 * 6 * 16;

/** How much room `multiplyMatrices` needs to work: a tile that is larger than what is left of z, and packed panels. */
export const workBytes: usize = cornerBytes + xPanelBytes + yPanelBytes;

/** Up to so many rows, y is read so seldom that it is read where it lies, if its rows are in one piece. */
const fewRows: i32 = 64;
/** Rows so many numbers apart, or a multiple of it, fight for the same lines of the first cache: then up to so many rows. */
const conflict: i32 = 512;
const fewerRows: i32 = 12;
/** Up to so many columns, the same for x, if its columns are in one piece. */
const fewColumns: i32 = 48;

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
    if (!accumulate) for (let i = 0; i < rows; i++) memory.fill(z + bytes(i * zRow), 0, bytes(columns));
    return;
  }
  const inPlace = isReadInPlace(yRow, yColumn, rows);
  const panels = work + cornerBytes + xPanelBytes;
  for (let j = 0; j < columns; j += columnBlock) {
    const width = min(columnBlock, columns - j);
    for (let p = 0; p < inner; p += innerBlock) {
      const depth = min(innerBlock, inner - p);
      const yBlock = y + bytes(p * yRow + j * yColumn);
      if (!inPlace) packColumns(yBlock, bytes(yRow), bytes(yColumn), depth, width, panels);
      multiplyBlock(
        x + bytes(p * xColumn),
        xRow,
        xColumn,
        inPlace ? yBlock : panels,
        inPlace ? bytes(yRow) : 0,
        z + bytes(j),
        zRow,
        rows,
        depth,
        width,
        accumulate || p > 0,
        work,
      );
    }
  }
}

/** Whether y is read where it lies, rather than packed; as in twins/matmul.ts. */
function isReadInPlace(yRow: i32, yColumn: i32, rows: i32): bool {
  return yColumn == 1 && rows <= (yRow & (conflict - 1) ? fewRows : fewerRows);
}

/**
 * Adds a block of up to `innerBlock` steps and `columnBlock` columns to z. y lies in panels, or, with `yStep`, where it is,
 * its rows so many bytes apart.
 */
export function multiplyBlock(
  x: usize,
  xRow: i32,
  xColumn: i32,
  y: usize,
  yStep: usize,
  z: usize,
  zRow: i32,
  rows: i32,
  depth: i32,
  columns: i32,
  adds: bool,
  work: usize,
): void {
  const most = isWide() ? 6 : 4;
  const across = isWide() ? 16 : 8;
  // Panels of nearly the same height: 128 rows are 18 of six and 4 of five, never a rest of one or two.
  const panels = (rows + most - 1) / most;
  const low = rows / panels;
  const high = rows % panels;
  const xPanels = work + cornerBytes;
  const rest = xPanels + xPanelBytes;
  const packsX = xRow != 1 || columns > fewColumns;
  const whole = columns & ~7;
  if (yStep != 0 && whole < columns) packPanel(y + bytes(whole), yStep, 4, depth, columns - whole, rest);
  for (let first = 0; first < panels; first += rowBlock / most) {
    const end = min(panels, first + rowBlock / most);
    let row = first * low + min(first, high);
    let from = x + bytes(row * xRow);
    if (packsX) {
      let panel = xPanels;
      let at = from;
      for (let q = first; q < end; q++) {
        const height = q < high ? low + 1 : low;
        packRows(at, bytes(xRow), bytes(xColumn), height, depth, panel);
        at += bytes(height * xRow);
        panel += bytes(height * depth);
      }
      from = xPanels;
    }
    let width = across;
    for (let j = 0; j < columns; j += width) {
      width = min(across, columns - j);
      let yTile = y + bytes(j);
      let step = yStep;
      if (yStep == 0) {
        const panel = j & ~(panelColumns - 1);
        yTile = y + bytes(panel * depth + j - panel);
        step = columns - panel <= 8 ? 32 : 64;
      } else if (j == whole) {
        yTile = rest;
        step = 32;
      } else if (j + width > whole) {
        // In place: eight whole columns here, and the rest in the next turn.
        width = 8;
      }
      let xTile = from;
      let zTile = z + bytes(row * zRow + j);
      for (let q = first; q < end; q++) {
        const height = q < high ? low + 1 : low;
        const xStep = packsX ? bytes(height) : bytes(xColumn);
        multiplyTile(height, depth, xTile, xStep, yTile, step, zTile, bytes(zRow), width, adds, work);
        xTile += packsX ? bytes(height * depth) : bytes(height);
        zTile += bytes(height * zRow);
      }
    }
  }
}

/** One tile of `rows` by up to 16 columns; where they are not 8 or 16, by way of the corner at `work`. */
// @ts-ignore: decorator
@inline
function multiplyTile(
  rows: i32, depth: i32, x: usize, xStep: usize, y: usize, yStep: usize, z: usize, zRow: usize, columns: i32, adds: bool, work: usize,
): void {
  if (columns == 16) tileX16(rows, depth, x, xStep, y, yStep, z, zRow, adds);
  else if (columns == 8) tileX8(rows, depth, x, xStep, y, yStep, z, zRow, adds);
  else {
    if (columns > 8) tileX16(rows, depth, x, xStep, y, yStep, work, 64, false);
    else tileX8(rows, depth, x, xStep, y, yStep, work, 64, false);
    copyCorner(work, z, zRow, rows, columns, adds);
  }
}

/** The part of a tile that belongs to z. */
function copyCorner(tile: usize, z: usize, zRow: usize, height: i32, width: i32, adds: bool): void {
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const number = load<f32>(tile + bytes(j));
      store<f32>(z + bytes(j), adds ? load<f32>(z + bytes(j)) + number : number);
    }
    tile += 64;
    z += zRow;
  }
}
