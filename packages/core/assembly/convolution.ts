import { copyExactly, copyPadded } from './convolutionPadding';
import { blockOf } from './convolutionPacking';
import { unfoldPatches } from './convolutionPatches';
import { convolvePlainly } from './convolutionPlainly';
import { bytes, isWide } from './lanes';
import { forwardTile4, wideTileX16, wideTileX8 } from './generated/convolutionTiles';

/** Room for a tile: up to six output channels by 16 columns. As in twins/correlation.ts. */
const tileBytes: usize = 4 * 6 * 16;

/**
 * y = convolution of x with packed filters, of any stride and dilation. A unit is one of `parts` ranges of output rows of one
 * sample. `pitch` is 0 where the image is read as it lies. Otherwise it is copied to `work`, where each thread has
 * `workBytes`, with `top` and `left` zeros before it: rows and columns a stride apart become an image of their own (a
 * "phase"), so that neighbouring outputs always see neighbouring numbers, and rows lie `pitch` numbers apart. Where the zeros
 * before a row are also those behind the row above it, they are there once.
 *
 * The input gradient is a convolution too, of the padded cotangent with turned filters, but one in which the zeros of
 * the padding do not count. Then `weight` is given, and a group with an infinite weight or NaN (by `flaws`) is left to
 * `convolvePlainly`; otherwise it is 0.
 */
export function convolve(
  x: usize,
  packed: usize,
  biases: usize,
  flaws: usize,
  weight: usize,
  y: usize,
  inPerGroup: i32,
  height: i32,
  width: i32,
  outPerGroup: i32,
  outHeight: i32,
  outWidth: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  dilationY: i32,
  dilationX: i32,
  groups: i32,
  parts: i32,
  pitch: i32,
  relu: i32,
  work: usize,
  workBytes: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const blocks = (outPerGroup + 3) >> 2;
  const taps = kernelHeight * kernelWidth;
  const tile = work + <usize>thread * workBytes;
  const offsets = tile + tileBytes;
  const copy = offsets + bytes((taps + 3) & ~3);
  const reachY = (kernelHeight - 1) * dilationY;
  const phasesY = min(strideY, reachY + 1);
  const phasesX = min(strideX, (kernelWidth - 1) * dilationX + 1);
  const rowPitch = pitch ? pitch : width;
  const yPlane = bytes(outHeight * outWidth);
  for (let unit = from; unit < to; unit++) {
    const n = unit / parts;
    const part = unit % parts;
    const first = (outHeight * part) / parts;
    const rows = (outHeight * (part + 1)) / parts - first;
    const phaseRows = ((rows - 1) * strideY + reachY) / strideY + 1;
    const phase = pitch ? phaseRows * pitch : height * width;
    const plane = phasesY * phasesX * phase;
    for (let i = 0, tap = offsets; i < kernelHeight; i++) {
      const down = i * dilationY;
      const row = (down % strideY) * phasesX * phase + (down / strideY) * rowPitch;
      for (let j = 0; j < kernelWidth; j++) {
        const right = j * dilationX;
        store<u32>(tap, bytes(row + (right % strideX) * phase + right / strideX));
        tap += 4;
      }
    }
    for (let group = 0; group < groups; group++) {
      let image = x + bytes((n * groups + group) * inPerGroup * height * width);
      const target = y + <usize>((n * groups + group) * outPerGroup) * yPlane + bytes(first * outWidth);
      if (weight && isFlawed(flaws + bytes(group * blocks), blocks)) {
        const filters = weight + bytes(group * inPerGroup * outPerGroup * taps);
        const shiftY = first + reachY - top;
        const shiftX = (kernelWidth - 1) * dilationX - left;
        convolvePlainly(image, bytes(height * width), height, width, inPerGroup, filters, taps, outPerGroup * taps, kernelHeight, kernelWidth, -dilationY, -dilationX, shiftY, shiftX, 0, target, yPlane, outPerGroup, rows, outWidth, 0);
        continue;
      }
      if (pitch == 0) image += bytes(first * width);
      else {
        if (strideY * strideX == 1) copyPadded(image, inPerGroup, height, width, top, left, first, phaseRows, pitch, copy);
        else unfoldPatches(image, inPerGroup, height, width, first, phaseRows, pitch, phasesY, phasesX, strideY, strideX, top, left, 1, 1, copy, phase);
        // The zeros behind the last row.
        memory.fill(copy + bytes(inPerGroup * plane), 0, bytes(max(0, left)));
        image = copy;
      }
      for (let block = 0, o = 0; o < outPerGroup; block++) {
        const channels = blockOf(block + 1, outPerGroup) - o;
        const at = group * blocks * 4 + o;
        convolveBlock(
          image,
          bytes(plane),
          rowPitch,
          offsets,
          taps,
          inPerGroup,
          packed + bytes(at * inPerGroup * taps),
          biases + bytes(at),
          target + <usize>o * yPlane,
          yPlane,
          rows,
          outWidth,
          channels,
          relu,
          tile,
        );
        o += channels;
      }
    }
  }
}

/** Whether a weight of these blocks is infinite or NaN. */
export function isFlawed(flaws: usize, blocks: i32): bool {
  let flaw: f32 = 0;
  for (let block = 0; block < blocks; block++) flaw += load<f32>(flaws + bytes(block));
  return flaw != 0;
}

/**
 * A block of output channels of an image whose rows lie `pitch` numbers apart. Rows are computed tile by tile, the last of
 * which overlaps the one before it; or, where that wastes more, tiles go over the ends of rows, and what falls between two
 * rows is left out.
 */
function convolveBlock(
  image: usize,
  plane: usize,
  pitch: i32,
  offsets: usize,
  taps: i32,
  inPerGroup: i32,
  weight: usize,
  bias: usize,
  y: usize,
  yPlane: usize,
  rows: i32,
  columns: i32,
  channels: i32,
  relu: i32,
  tile: usize,
): void {
  if (pitch == columns) {
    columns *= rows;
    rows = 1;
  }
  const row = bytes(pitch);
  const most = isWide() ? 16 : 8;
  const pixels = (rows - 1) * pitch + columns;
  if (columns < 8 || isBetterInOnePiece(rows, columns, pixels, inPerGroup * taps, most)) {
    for (let at = 0; at < pixels; at += most) {
      const size = pixels - at > 8 ? most : 8;
      multiplyTile(size, image + bytes(at), plane, offsets, taps, inPerGroup, weight, bias, tile, 64, channels, relu);
      scatter(tile, channels, y, yPlane, at, size, pitch, rows, columns);
    }
    return;
  }
  const isWhole = isWide() || channels == 4;
  for (let r = 0; r < rows; r++) {
    let size = most;
    for (let c = 0; c < columns; c += size) {
      size = columns >= most && columns - c > 8 ? most : 8;
      const at = bytes(min(c, columns - size));
      if (isWhole) {
        multiplyTile(size, image + at, plane, offsets, taps, inPerGroup, weight, bias, y + at, yPlane, channels, relu);
      } else {
        multiplyTile(size, image + at, plane, offsets, taps, inPerGroup, weight, bias, tile, 64, channels, relu);
        for (let o = 0; o < channels; o++) copyExactly(tile + <usize>o * 64, y + at + <usize>o * yPlane, 8);
      }
    }
    image += row;
    y += bytes(columns);
  }
}

/** About so many products take as long as putting one tile of a channel in order. */
const productsToScatter: i32 = 20;

/** Whether tiles that go over the ends of rows take less time than tiles of each row, `depth` products a number. */
function isBetterInOnePiece(rows: i32, columns: i32, pixels: i32, depth: i32, most: i32): bool {
  const rest = columns & (most - 1);
  // Half a tile takes more than half of its time.
  const halves = rest == 0 ? 0 : rest <= 8 ? 10 : columns > 16 ? 16 : 20;
  const whole = most == 8 ? (columns + 7) & ~7 : columns - rest + halves;
  return ((pixels + most - 1) & -most) * (depth + productsToScatter) < rows * whole * depth;
}

function multiplyTile(
  columns: i32,
  x: usize,
  plane: usize,
  offsets: usize,
  taps: i32,
  inPerGroup: i32,
  weight: usize,
  bias: usize,
  y: usize,
  yPlane: usize,
  channels: i32,
  relu: i32,
): void {
  if (isWide()) {
    if (columns == 16) wideTileX16(channels, x, plane, offsets, taps, inPerGroup, weight, bias, y, yPlane, relu);
    else wideTileX8(channels, x, plane, offsets, taps, inPerGroup, weight, bias, y, yPlane, relu);
  } else forwardTile4(x, plane, offsets, taps, inPerGroup, weight, bias, y, yPlane, relu);
}

/** A tile of numbers from `at` on, of rows `pitch` apart, to where they belong in rows of `columns`. */
function scatter(
  tile: usize, channels: i32, y: usize, yPlane: usize, at: i32, size: i32, pitch: i32, rows: i32, columns: i32,
): void {
  const end = at + size;
  let r = at / pitch;
  let c = at - r * pitch;
  while (at < end && r < rows) {
    const count = min(end - at, columns - c);
    if (count > 0) {
      let to = y + bytes(r * columns + c);
      let from = tile;
      for (let o = 0; o < channels; o++) {
        copyExactly(from, to, count);
        from += 64;
        to += yPlane;
      }
    }
    tile += bytes(pitch - c);
    at += pitch - c;
    c = 0;
    r++;
  }
}
