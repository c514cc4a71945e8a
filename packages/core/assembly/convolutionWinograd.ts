import { clampRow, convolvePlainly } from './convolution';
import { copyExactly, copyPadded } from './convolutionPadding';
import { multiplyTiles, transformInput, transformOutput } from './convolutionWinogradTiles';
import { bytes, zeros } from './lanes';

/*
 * Winograd's F(2×2, 3×3): a tile of 2×2 outputs needs 4×4 inputs d, and y = Aᵀ[(G·w·Gᵀ) ⊙ (Bᵀ·d·B)]A, with 16 products
 * where the definition has 36. Over channels, each of the 16 places is a matrix product.
 *
 * The sums mix all inputs of a tile, so that an infinity would spread over outputs that do not see it. Where an output is
 * not finite, the rows at hand are computed again by the definition.
 *
 * Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016.
 */

/**
 * y = convolution of x with 3×3 filters packed by `packWinograd`, stride 1. A unit is one of `parts` ranges of rows of
 * tiles of one sample, computed `tileRows` at a time. `transposed` says that this is an input gradient, with `outStride`
 * and `inStride` the strides of the weight. Else as in `convolve`.
 */
export function convolveWinograd(
  x: usize,
  packed: usize,
  weight: usize,
  bias: usize,
  y: usize,
  inPerGroup: i32,
  height: i32,
  width: i32,
  outPerGroup: i32,
  outHeight: i32,
  outWidth: i32,
  top: i32,
  left: i32,
  groups: i32,
  parts: i32,
  tileRows: i32,
  padded: i32,
  relu: i32,
  transposed: i32,
  work: usize,
  workBytes: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const blocks = (outPerGroup + 3) >> 2;
  const tilesAcross = (outWidth + 1) >> 1;
  const tilesDown = (outHeight + 1) >> 1;
  const pitch = pitchOf(tileRows * tilesAcross);
  const room = work + <usize>thread * workBytes;
  const inputs = room + 64;
  const products = inputs + bytes(16 * inPerGroup * pitch);
  const copy = products + bytes(16 * blocks * 4 * pitch);
  const yPlane = bytes(outHeight * outWidth);
  const outStride = transposed ? 9 : inPerGroup * 9;
  const inStride = transposed ? outPerGroup * 9 : 9;
  for (let unit = from; unit < to; unit++) {
    const n = unit / parts;
    const part = unit % parts;
    const start = (tilesDown * part) / parts;
    const end = (tilesDown * (part + 1)) / parts;
    const firstRow = start * 2;
    const rows = min(end * 2, outHeight) - firstRow;
    for (let group = 0; group < groups; group++) {
      const original = x + bytes((n * groups + group) * inPerGroup * height * width);
      let image = original + bytes(firstRow * width);
      let row = bytes(width);
      let plane = bytes(height * width);
      if (padded) {
        copyPadded(original, inPerGroup, height, width, top, left, firstRow, rows + 2, outWidth + 2, copy);
        image = copy;
        row = bytes(outWidth + 2);
        plane = bytes((rows + 2) * (outWidth + 2));
      }
      const target = y + bytes((n * groups + group) * outPerGroup * outHeight * outWidth + firstRow * outWidth);
      const groupBias = bias ? bias + bytes(group * outPerGroup) : 0;
      for (let at = 0; at < end - start; at += tileRows) {
        const count = min(tileRows, end - start - at);
        const rowsLeft = rows - at * 2;
        transformInputs(image + <usize>(at * 2) * row, plane, row, inPerGroup, count, rowsLeft, tilesAcross, inputs, pitch);
        multiplyPlaces(packed + bytes(group * 16 * blocks * inPerGroup * 4), inputs, products, inPerGroup, blocks, count * tilesAcross, pitch);
        transformOutputs(products, pitch, blocks * 4, outPerGroup, groupBias, target + bytes(at * 2 * outWidth), yPlane, outWidth, rowsLeft, count, tilesAcross, room);
      }
      let flaw: f32 = 0;
      for (let o = 0; o < outPerGroup; o++) flaw += finish(target + <usize>o * yPlane, rows * outWidth, relu);
      if (flaw == 0) continue;
      const filters = weight + bytes(group * outPerGroup * inPerGroup * 9);
      if (transposed) {
        convolvePlainly(original, bytes(height * width), height, width, inPerGroup, filters, outStride, inStride, 3, 3, -1, firstRow + 2 - top, 2 - left, 0, target, yPlane, outPerGroup, rows, outWidth, 0);
      } else {
        convolvePlainly(image, plane, rows + 2, <i32>(row >> 2), inPerGroup, filters, outStride, inStride, 3, 3, 1, 0, 0, groupBias, target, yPlane, outPerGroup, rows, outWidth, relu);
      }
    }
  }
}

/** How far rows of tiles are apart: vectors may stick out, and distances of whole pages would fight for one cache set. */
function pitchOf(tiles: i32): i32 {
  return ((tiles + 11) & ~3) | 4;
}

/** Bᵀ·d·B of all tiles of `count` rows, into [place of 4×4][channel][tile]. */
function transformInputs(
  image: usize,
  plane: usize,
  row: usize,
  channels: i32,
  count: i32,
  rowsLeft: i32,
  tilesAcross: i32,
  target: usize,
  pitch: i32,
): void {
  const step = bytes(channels * pitch);
  for (let c = 0; c < channels; c++) {
    for (let r = 0; r < count; r++) {
      const from = image + <usize>(r * 2) * row;
      const to = target + bytes(c * pitch + r * tilesAcross);
      // Below an odd last row there is no fourth input row; what it would give is not used.
      const last = rowsLeft - r * 2 > 1 ? row * 3 : row * 2;
      for (let t = 0; t < tilesAcross; t += 4) {
        const at = max(0, min(t, tilesAcross - 4));
        transformInput(from + bytes(at * 2), row, last, to + bytes(at), step);
      }
    }
    image += plane;
  }
}

/** For each place of 4×4: products[output channel][tile] = Σ over c of packed[c] · inputs[c][tile] */
function multiplyPlaces(packed: usize, inputs: usize, products: usize, channels: i32, blocks: i32, tiles: i32, pitch: i32): void {
  const row = bytes(pitch);
  for (let place = 0; place < 16; place++) {
    for (let t = 0; t < tiles; t += 8) {
      const at = bytes(max(0, min(t, tiles - 8)));
      for (let block = 0; block < blocks; block++) {
        multiplyTiles(packed + bytes(block * channels * 4), inputs + at, row, channels, products + <usize>(block * 4) * row + at);
      }
    }
    packed += bytes(blocks * channels * 4);
    inputs += <usize>channels * row;
    products += <usize>(blocks * 4) * row;
  }
}

/** Aᵀ·m·A of all tiles, into rows of the output. */
function transformOutputs(
  products: usize,
  pitch: i32,
  allChannels: i32,
  channels: i32,
  bias: usize,
  y: usize,
  yPlane: usize,
  columns: i32,
  rowsLeft: i32,
  count: i32,
  tilesAcross: i32,
  room: usize,
): void {
  const step = bytes(allChannels * pitch);
  const row = bytes(columns);
  for (let o = 0; o < channels; o++) {
    const start: f32 = bias ? load<f32>(bias + bytes(o)) : 0;
    for (let r = 0; r < count; r++) {
      const from = products + bytes(o * pitch + r * tilesAcross);
      const to = y + <usize>o * yPlane + <usize>(r * 2) * row;
      const isWhole = rowsLeft - r * 2 > 1;
      for (let t = 0; t < tilesAcross; t += 4) {
        const at = max(0, min(t, tilesAcross - 4));
        const q = to + bytes(at * 2);
        const valid = min(8, columns - at * 2);
        if (valid == 8 && isWhole) {
          transformOutput(from + bytes(at), step, start, q, row);
        } else {
          transformOutput(from + bytes(at), step, start, room, 32);
          copyExactly(room, q, valid);
          if (isWhole) copyExactly(room + 32, q + row, valid);
        }
      }
    }
  }
}

/** 0 where all numbers are finite, else NaN; and y = max(y, 0) with `relu`. */
function finish(y: usize, count: i32, relu: i32): f32 {
  const end = bytes(count);
  let flaws = zeros();
  let at: usize = 0;
  for (; at + 16 <= end; at += 16) flaws = f32x4.add(flaws, f32x4.mul(v128.load(y + at), zeros()));
  let flaw = f32x4.extract_lane(flaws, 0) + f32x4.extract_lane(flaws, 1);
  flaw += f32x4.extract_lane(flaws, 2) + f32x4.extract_lane(flaws, 3);
  for (; at < end; at += 4) flaw += load<f32>(y + at) * 0;
  if (relu) clampRow(y, count);
  return flaw;
}
