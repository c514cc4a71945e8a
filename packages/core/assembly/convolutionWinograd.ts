import { convolvePlainly } from './convolutionPlainly';
import { copyPadded } from './convolutionPadding';
import { transformOutput2, transformOutput4 } from './generated/winogradTiles';
import { bytes, sumOfLanes, zeros } from './lanes';
import { filterStep, outputsOf, positions, scratchBytes, tilesAcross } from './winogradPacking';
import { multiplyPositions, tileRoom, transformImages } from './winogradProducts';

/*
 * Winograd's F(4×4, 3×3): a tile of 4×4 outputs needs 6×6 inputs d, and y = Aᵀ[(G·w·Gᵀ) ⊙ (Bᵀ·d·B)]A, with 36 products
 * where the definition has 144. Over channels, each of the 36 positions is a matrix product. F(2×2, 5×5) has tiles of 6×6 inputs
 * too, and 36 products for 100.
 *
 * The sums mix all inputs of a tile, so that an infinity would spread over outputs that do not see it. Where an output is
 * not finite, the images at hand are computed again by the definition.
 *
 * Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016.
 */

/**
 * y = convolution of x with square filters of `kernel` = 3 or 5 rows packed by `packWinograd`, stride 1. A unit is `tileRows` rows of tiles of `images`
 * samples. `transposed` says that this is an input gradient, with zeros of the padding that do not count.
 */
export function convolveWinograd(
  x: usize,
  packed: usize,
  weight: usize,
  bias: usize,
  y: usize,
  kernel: i32,
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
  const outputs = outputsOf(kernel);
  const reach = kernel - 1;
  const taps = kernel * kernel;
  const across = tilesAcross(outWidth, kernel);
  const down = (outHeight + outputs - 1) / outputs;
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
  const stage = pixels + (<usize>((across * outputs + reach) * (tileRows * outputs + reach)) << 5);
  const xSample = bytes(groups * inPerGroup * height * width);
  const yPlane = bytes(outHeight * outWidth);
  const ySample = <usize>(groups * outPerGroup) * yPlane;
  for (let unit = from; unit < to; unit++) {
    const n = (unit / parts) * images;
    const count = min(images, batch - n);
    const line = (unit % parts) * tileRows;
    const lines = min(tileRows, down - line);
    const first = line * outputs;
    const rows = min(lines * outputs, outHeight - first);
    for (let group = 0; group < groups; group++) {
      const image = x + <usize>n * xSample + bytes(group * inPerGroup * height * width);
      const target = y + <usize>n * ySample + <usize>(group * outPerGroup) * yPlane + bytes(first * outWidth);
      const groupBias = bias ? bias + bytes(group * outPerGroup) : 0;
      transformImages(image, xSample, count, kernel, inPerGroup, height, width, first - top, left, lines, across, v, vBlock, vStep, pixels, scratch);
      let flaw: f32 = 0;
      for (let o = 0; o < outPerGroup; o += 16) {
        const channels = min(16, outPerGroup - o);
        const filters = packed + <usize>(group * positions) * uStep + bytes(o * blocks * 8);
        multiplyPositions(v, vBlock, vStep, filters, uStep, blocks, channels, count * lines * across, m);
        const channelBias = groupBias ? groupBias + bytes(o) : 0;
        let products = m;
        for (let k = 0; k < count; k++) {
          for (let l = 0; l < lines; l++) {
            const out = target + <usize>k * ySample + <usize>o * yPlane + bytes(l * outputs * outWidth);
            flaw += writeLine(products, outputs, across, channels, stage, out, yPlane, outWidth, min(outputs, rows - l * outputs), channelBias, relu, scratch);
            products += <usize>(across * positions) * 64;
          }
        }
      }
      if (flaw == 0) continue;
      const filters = weight + bytes(group * outPerGroup * inPerGroup * taps);
      for (let k = 0; k < count; k++) {
        const source = image + <usize>k * xSample;
        const out = target + <usize>k * ySample;
        if (transposed) {
          convolvePlainly(source, bytes(height * width), height, width, inPerGroup, filters, taps, outPerGroup * taps, kernel, kernel, -1, -1, first + reach - top, reach - left, 0, out, yPlane, outPerGroup, rows, outWidth, 0);
        } else {
          // The padded rows are fewer numbers than their tiles, whose room is free by now.
          copyPadded(source, inPerGroup, height, width, top, left, first, rows + reach, outWidth + reach, v);
          convolvePlainly(v, bytes((rows + reach) * (outWidth + reach)), rows + reach, outWidth + reach, inPerGroup, filters, inPerGroup * taps, taps, kernel, kernel, 1, 1, 0, 0, groupBias, out, yPlane, outPerGroup, rows, outWidth, relu);
        }
      }
    }
  }
}

/** Aᵀ·m·A of a line of tiles, for up to 16 channels, into rows of y. 0 where all numbers are finite, else NaN. */
function writeLine(
  m: usize, outputs: i32, across: i32, channels: i32, stage: usize, y: usize, yPlane: usize, columns: i32, rows: i32, bias: usize, relu: i32, scratch: usize,
): f32 {
  // [half][4 channels][rows][vector][channel c and c + 4][4 columns]
  const vectors = (across * outputs) >> 2;
  const row = <usize>vectors << 5;
  const plane = <usize>outputs * row + 64;
  const step = <usize>((4 / outputs) * positions) * 64;
  for (let half = 0; half < channels; half += 8) {
    let products = m + bytes(half);
    let to = stage + <usize>(half >> 1) * plane;
    for (let vector = 0; vector < vectors; vector++) {
      if (outputs == 4) transformOutput4(products, to, plane, row, scratch);
      else transformOutput2(products, to, plane, row, scratch);
      products += step;
      to += 32;
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
