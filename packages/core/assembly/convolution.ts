import { copyExactly, copyPadded } from './convolutionPadding';
import { convolveWide } from './convolutionWide';
import { bytes, isWide, zeros } from './lanes';
import {
  forwardTile3x1,
  forwardTile5x1,
  forwardTileAnyx1,
  forwardTileAnyx4,
} from './generated/convolutionTiles';

/**
 * y = convolution of x with packed filters, stride 1. A unit is one of `parts` ranges of output rows of one sample.
 * Padding is `top` and `left` zeros before the image; `padded` says that there is any, and that images are copied with
 * it to `work`, where each thread has `workBytes`.
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
  top: i32,
  left: i32,
  groups: i32,
  parts: i32,
  padded: i32,
  relu: i32,
  work: usize,
  workBytes: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const blocks = (outPerGroup + 3) >> 2;
  const tile = work + <usize>thread * workBytes;
  const copy = tile + 192;
  const paddedWidth = outWidth + kernelWidth - 1;
  for (let unit = from; unit < to; unit++) {
    const n = unit / parts;
    const part = unit % parts;
    const first = (outHeight * part) / parts;
    const rows = (outHeight * (part + 1)) / parts - first;
    for (let group = 0; group < groups; group++) {
      let image = x + bytes((n * groups + group) * inPerGroup * height * width);
      const target = y + bytes((n * groups + group) * outPerGroup * outHeight * outWidth + first * outWidth);
      if (weight && isFlawed(flaws + bytes(group * blocks), blocks)) {
        const taps = kernelHeight * kernelWidth;
        const filters = weight + bytes(group * inPerGroup * outPerGroup * taps);
        const shiftY = first + kernelHeight - 1 - top;
        const shiftX = kernelWidth - 1 - left;
        convolvePlainly(image, bytes(height * width), height, width, inPerGroup, filters, taps, outPerGroup * taps, kernelHeight, kernelWidth, -1, shiftY, shiftX, 0, target, bytes(outHeight * outWidth), outPerGroup, rows, outWidth, 0);
        continue;
      }
      let row = bytes(width);
      let plane = bytes(height * width);
      if (padded) {
        const paddedRows = rows + kernelHeight - 1;
        copyPadded(image, inPerGroup, height, width, top, left, first, paddedRows, paddedWidth, copy);
        image = copy;
        row = bytes(paddedWidth);
        plane = bytes(paddedRows * paddedWidth);
      } else {
        image += bytes(first * width);
      }
      if (isWide()) {
        const filters = packed + bytes(group * blocks * 4 * inPerGroup * kernelHeight * kernelWidth);
        convolveWide(image, plane, row, inPerGroup, kernelHeight, kernelWidth, filters, biases + bytes(group * blocks * 4), target, bytes(outHeight * outWidth), rows, outWidth, outPerGroup, relu, tile);
        continue;
      }
      for (let block = 0; block < blocks; block++) {
        const at = group * blocks + block;
        convolveBlock(
          image,
          plane,
          row,
          inPerGroup,
          kernelHeight,
          kernelWidth,
          packed + bytes(at * inPerGroup * kernelHeight * kernelWidth * 4),
          biases + bytes(at * 4),
          target + bytes(block * 4 * outHeight * outWidth),
          bytes(outHeight * outWidth),
          rows,
          outWidth,
          min(4, outPerGroup - block * 4),
          relu,
          tile,
        );
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

/** Up to four output channels of an image. */
function convolveBlock(
  image: usize,
  plane: usize,
  row: usize,
  inPerGroup: i32,
  kernelHeight: i32,
  kernelWidth: i32,
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
  if (columns < 8) {
    // Rows shorter than a tile: tiles go over the ends of rows, and what falls between two rows is left out.
    const pitch = <i32>(row >> 2);
    const positions = (rows - 1) * pitch + columns;
    for (let at = 0; at < positions; at += 8) {
      multiplyTile(image + bytes(at), plane, row, inPerGroup, kernelHeight, kernelWidth, weight, bias, tile, 32, channels, relu);
      for (let o = 0; o < channels; o++) scatter(tile + <usize>o * 32, y + <usize>o * yPlane, at, pitch, rows, columns);
    }
    return;
  }
  const isWhole = channels == 4 || channels == 1;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c += 8) {
      // The last tile overlaps the one before it.
      const at = bytes(min(c, columns - 8));
      if (isWhole) {
        multiplyTile(image + at, plane, row, inPerGroup, kernelHeight, kernelWidth, weight, bias, y + at, yPlane, channels, relu);
      } else {
        multiplyTile(image + at, plane, row, inPerGroup, kernelHeight, kernelWidth, weight, bias, tile, 32, channels, relu);
        for (let o = 0; o < channels; o++) copyExactly(tile + <usize>o * 32, y + at + <usize>o * yPlane, 8);
      }
    }
    image += row;
    y += bytes(columns);
  }
}

function multiplyTile(
  x: usize,
  plane: usize,
  row: usize,
  inPerGroup: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  weight: usize,
  bias: usize,
  y: usize,
  yPlane: usize,
  channels: i32,
  relu: i32,
): void {
  if (channels == 1) {
    if (kernelWidth == 3) forwardTile3x1(x, plane, row, inPerGroup, kernelHeight, 3, weight, bias, y, yPlane, relu);
    else if (kernelWidth == 5) forwardTile5x1(x, plane, row, inPerGroup, kernelHeight, 5, weight, bias, y, yPlane, relu);
    else forwardTileAnyx1(x, plane, row, inPerGroup, kernelHeight, kernelWidth, weight, bias, y, yPlane, relu);
  } else {
    // Not unrolled: so few numbers at a time stay in registers, which is measured to be almost twice as fast.
    forwardTileAnyx4(x, plane, row, inPerGroup, kernelHeight, kernelWidth, weight, bias, y, yPlane, relu);
  }
}

/** Eight positions from `at` on, of rows `pitch` apart, to where they belong in rows of `columns`. */
export function scatter(tile: usize, y: usize, at: i32, pitch: i32, rows: i32, columns: i32): void {
  let r = at / pitch;
  let c = at - r * pitch;
  for (let lane = 0; lane < 8; lane++) {
    if (c < columns && r < rows) store<f32>(y + bytes(r * columns + c), load<f32>(tile + bytes(lane)));
    if (++c == pitch) {
      c = 0;
      r++;
    }
  }
}

/**
 * One output row at a time, in the order of the definition: target[o, r, :] = bias + Σ weight[o, c, i, j] · source, where
 * the source's row is `r + i·turn + shiftY` and its column `+ j·turn + shiftX`, turn being 1 or −1. What lies outside of the
 * source is left out, not multiplied by zero. It is exact where others spread infinities, and slow.
 */
export function convolvePlainly(
  source: usize,
  plane: usize,
  sourceRows: i32,
  sourceColumns: i32,
  inPerGroup: i32,
  weight: usize,
  outStride: i32,
  inStride: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  turn: i32,
  shiftY: i32,
  shiftX: i32,
  bias: usize,
  target: usize,
  targetPlane: usize,
  outPerGroup: i32,
  rows: i32,
  columns: i32,
  relu: i32,
): void {
  for (let o = 0; o < outPerGroup; o++) {
    for (let r = 0; r < rows; r++) {
      const to = target + <usize>o * targetPlane + bytes(r * columns);
      const start: f32 = bias ? load<f32>(bias + bytes(o)) : 0;
      for (let c = 0; c < columns; c++) store<f32>(to + bytes(c), start);
      for (let i = 0; i < kernelHeight; i++) {
        const y = r + i * turn + shiftY;
        if (y < 0 || y >= sourceRows) continue;
        for (let c = 0; c < inPerGroup; c++) {
          const from = source + <usize>c * plane + bytes(y * sourceColumns);
          for (let j = 0; j < kernelWidth; j++) {
            const shift = j * turn + shiftX;
            const first = max(0, -shift);
            const count = min(columns, sourceColumns - shift) - first;
            const factor = load<f32>(weight + bytes(o * outStride + c * inStride + i * kernelWidth + j));
            if (count > 0) addRow(factor, from + bytes(first + shift), to + bytes(first), count);
          }
        }
      }
      if (relu) clampRow(to, columns);
    }
  }
}

/** y += factor · x */
function addRow(factor: f32, x: usize, y: usize, count: i32): void {
  const end = bytes(count);
  const factors = f32x4.splat(factor);
  let at: usize = 0;
  for (; at + 16 <= end; at += 16) {
    v128.store(y + at, f32x4.add(v128.load(y + at), f32x4.mul(factors, v128.load(x + at))));
  }
  for (; at < end; at += 4) store<f32>(y + at, load<f32>(y + at) + factor * load<f32>(x + at));
}

/** y = max(y, 0) */
export function clampRow(y: usize, count: i32): void {
  const end = bytes(count);
  let at: usize = 0;
  for (; at + 16 <= end; at += 16) v128.store(y + at, f32x4.max(v128.load(y + at), zeros()));
  for (; at < end; at += 4) store<f32>(y + at, max(load<f32>(y + at), <f32>0));
}
