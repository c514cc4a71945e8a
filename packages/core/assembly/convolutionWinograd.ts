import { convolvePlainly } from './convolutionPlainly';
import { copyPadded } from './convolutionPadding';
import { transformOutput } from './generated/winogradTiles';
import { bytes, sumOfLanes, zeros } from './lanes';
import { filterStep, positions, scratchBytes } from './winogradPacking';
import { multiplyPositions, tileRoom, transformImages } from './winogradProducts';

/*
 * Winograd's F(4×4, 3×3): a tile of 4×4 outputs needs 6×6 inputs d, and y = Aᵀ[(G·w·Gᵀ) ⊙ (Bᵀ·d·B)]A, with 36 products
 * where the definition has 144. Over channels, each of the 36 positions is a matrix product.
 *
 * The sums mix all inputs of a tile, so that an infinity would spread over outputs that do not see it. Where an output is
 * not finite, the images at hand are computed again by the definition.
 *
 * Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016.
 */

/**
 * y = convolution of x with 3×3 filters packed by `packWinograd`, stride 1. A unit is `tileRows` rows of tiles of `images`
 * samples. `transposed` says that this is an input gradient, with zeros of the padding that do not count.
 */
export function convolveWinograd(
  x: usize,
  packed: usize,
  weight: usize,
  bias: usize,
  y: usize,
  batch: i32,
  inPerGroup: i32,
  height: i32,
  width: i32,
  outPerGroup: i32,
  outHeight: i32,
  outWidth: i32,
  top: i32,
  left: i32,
  groups: i32,
  images: i32,
  tileRows: i32,
  relu: i32,
  transposed: i32,
  work: usize,
  workBytes: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const across = (outWidth + 3) >> 2;
  const down = (outHeight + 3) >> 2;
  const parts = (down + tileRows - 1) / tileRows;
  const blocks = (inPerGroup + 7) >> 3;
  const outBlocks = (outPerGroup + 15) >> 4;
  const room = tileRoom(images * tileRows * across);
  const uStep = filterStep(outBlocks, inPerGroup);
  const vBlock = <usize>room << 5;
  const vStep = vBlock * blocks + 64;
  const scratch = work + <usize>thread * workBytes;
  const v = scratch + scratchBytes;
  const m = v + vStep * positions;
  const pixels = m + <usize>(room * positions) * 64;
  const stage = pixels + (<usize>((across * 4 + 2) * (tileRows * 4 + 2)) << 5);
  const xSample = bytes(groups * inPerGroup * height * width);
  const yPlane = bytes(outHeight * outWidth);
  const ySample = <usize>(groups * outPerGroup) * yPlane;
  for (let unit = from; unit < to; unit++) {
    const n = (unit / parts) * images;
    const count = min(images, batch - n);
    const line = (unit % parts) * tileRows;
    const lines = min(tileRows, down - line);
    const rows = min(lines * 4, outHeight - line * 4);
    for (let group = 0; group < groups; group++) {
      const image = x + <usize>n * xSample + bytes(group * inPerGroup * height * width);
      const target = y + <usize>n * ySample + <usize>(group * outPerGroup) * yPlane + bytes(line * 4 * outWidth);
      const groupBias = bias ? bias + bytes(group * outPerGroup) : 0;
      transformImages(image, xSample, count, inPerGroup, height, width, line * 4 - top, left, lines, across, v, vBlock, vStep, pixels, scratch);
      let flaw: f32 = 0;
      for (let o = 0; o < outPerGroup; o += 16) {
        const outputs = min(16, outPerGroup - o);
        const filters = packed + <usize>(group * positions) * uStep + bytes(o * blocks * 8);
        multiplyPositions(v, vBlock, vStep, filters, uStep, blocks, outputs, count * lines * across, m);
        const channelBias = groupBias ? groupBias + bytes(o) : 0;
        let products = m;
        for (let k = 0; k < count; k++) {
          for (let l = 0; l < lines; l++) {
            const out = target + <usize>k * ySample + <usize>o * yPlane + bytes(l * 4 * outWidth);
            flaw += writeLine(products, across, outputs, stage, out, yPlane, outWidth, min(4, rows - l * 4), channelBias, relu, scratch);
            products += <usize>(across * positions) * 64;
          }
        }
      }
      if (flaw == 0) continue;
      const filters = weight + bytes(group * outPerGroup * inPerGroup * 9);
      for (let k = 0; k < count; k++) {
        const source = image + <usize>k * xSample;
        const out = target + <usize>k * ySample;
        if (transposed) {
          convolvePlainly(source, bytes(height * width), height, width, inPerGroup, filters, 9, outPerGroup * 9, 3, 3, -1, -1, line * 4 + 2 - top, 2 - left, 0, out, yPlane, outPerGroup, rows, outWidth, 0);
        } else {
          // The padded rows are fewer numbers than their tiles, whose room is free by now.
          copyPadded(source, inPerGroup, height, width, top, left, line * 4, rows + 2, outWidth + 2, v);
          convolvePlainly(v, bytes((rows + 2) * (outWidth + 2)), rows + 2, outWidth + 2, inPerGroup, filters, inPerGroup * 9, 9, 3, 3, 1, 1, 0, 0, groupBias, out, yPlane, outPerGroup, rows, outWidth, relu);
        }
      }
    }
  }
}

/** Aᵀ·m·A of a line of tiles, for up to 16 channels, into rows of y. 0 where all numbers are finite, else NaN. */
function writeLine(
  m: usize, across: i32, channels: i32, stage: usize, y: usize, yPlane: usize, columns: i32, rows: i32, bias: usize, relu: i32, scratch: usize,
): f32 {
  // [half][4 channels][4 rows][tile][channel c and c + 4][4 columns]
  const row = <usize>across << 5;
  const plane = 4 * row + 64;
  for (let half = 0; half < channels; half += 8) {
    for (let tile = 0; tile < across; tile++) {
      const products = m + <usize>(tile * positions) * 64 + bytes(half);
      transformOutput(products, stage + <usize>(half >> 1) * plane + (<usize>tile << 5), plane, row, scratch);
    }
  }
  let flaws = zeros();
  let flaw: f32 = 0;
  const whole = bytes(columns & ~3);
  const end = bytes(columns);
  for (let c = 0; c < channels; c++) {
    let from = stage + <usize>(((c >> 3) << 2) + (c & 3)) * plane + (<usize>(c & 4) << 2);
    let to = y + <usize>c * yPlane;
    const shift: f32 = bias ? load<f32>(bias + bytes(c)) : 0;
    const shifts = f32x4.splat(shift);
    const least: f32 = relu ? 0 : -Infinity;
    const leasts = f32x4.splat(least);
    for (let i = 0; i < rows; i++) {
      for (let at: usize = 0; at < whole; at += 16) {
        const numbers = f32x4.add(v128.load(from + 2 * at), shifts);
        flaws = f32x4.add(flaws, f32x4.mul(numbers, zeros()));
        v128.store(to + at, f32x4.max(numbers, leasts));
      }
      for (let at = whole; at < end; at += 4) {
        const number = load<f32>(from + 2 * whole + (at - whole)) + shift;
        flaw += number * 0;
        store<f32>(to + at, max(number, least));
      }
      from += row;
      to += end;
    }
  }
  return flaw + sumOfLanes(flaws);
}
