import { sumGroup } from './convolutionFilterGradient';
import { copyPadded } from './convolutionPadding';
import { transformCotangent, transformSums } from './generated/winogradTiles';
import { bytes } from './lanes';
import { packImage, positions, scratchBytes, tapsOffset } from './winogradPacking';
import { sumPositions, tileRoom, transformImages } from './winogradProducts';

/*
 * The filter gradient of F(4×4, 3×3): ∂w = Gᵀ[Σ (A·g·Aᵀ) ⊙ (Bᵀ·d·B)]G, summed up over all tiles, of which each takes 36
 * products where the definition has 144. It is itself Winograd's F(3×3, 4×4).
 *
 * A filter of 5×5 weights is cut into four squares of 3×3, of which the later ones begin two weights further on: each has the
 * gradient of a convolution with 3×3 filters that sees the image shifted by as much. That takes as many products as F(5×5, 2×2),
 * whose error would be three times as large.
 */

/** A square of a filter has so many rows and columns, and a tile of cotangents so many. */
const square: i32 = 3;
const size: i32 = 4;

/**
 * ∂weight of a convolution with filters of `kernel` = 3 or 5 rows and columns and stride 1, from x and the cotangent g of its
 * output, for chunks of samples. A unit is a square of the filters for one of `parts` ranges of blocks of 16 output channels of
 * a group in a chunk, computed `tileRows` rows of tiles of `images` samples at a time; chunk k writes to `target` + k times the size of
 * the weight.
 */
export function filterGradientWinograd(
  x: usize,
  g: usize,
  target: usize,
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
  chunk: i32,
  parts: i32,
  images: i32,
  tileRows: i32,
  work: usize,
  workBytes: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const squares = (kernel - 1) >> 1;
  const across = (outWidth + 3) >> 2;
  const down = (outHeight + 3) >> 2;
  const blocks = (inPerGroup + 7) >> 3;
  const outBlocks = (outPerGroup + 15) >> 4;
  const room = tileRoom(images * tileRows * across);
  const vBlock = <usize>room << 5;
  const vStep = vBlock * blocks + 64;
  const zBlock = <usize>room << 6;
  const mostBlocks = (outBlocks + parts - 1) / parts;
  const zStep = zBlock * mostBlocks + 64;
  const channels = (inPerGroup + 3) & ~3;
  const sumStep = bytes(mostBlocks * channels * 16) + 64;
  const scratch = work + <usize>thread * workBytes;
  const sums = scratch + scratchBytes;
  const v = sums + sumStep * positions;
  const z = v + vStep * positions;
  const pixels = z + zStep * positions;
  const xSample = bytes(groups * inPerGroup * height * width);
  const gPlane = bytes(outHeight * outWidth);
  const gSample = <usize>(groups * outPerGroup) * gPlane;
  const gPitch = <usize>(across * size) << 5;
  for (let unit = from; unit < to; unit++) {
    const part = unit % parts;
    const corner = (unit / parts) % (squares * squares);
    const shiftY = (corner / squares) * 2;
    const shiftX = (corner % squares) * 2;
    const group = (unit / parts / (squares * squares)) % groups;
    const index = unit / parts / (squares * squares) / groups;
    const first = ((outBlocks * part) / parts) << 4;
    const outputs = min(outPerGroup, ((outBlocks * (part + 1)) / parts) << 4) - first;
    const end = min(batch, (index + 1) * chunk);
    memory.fill(sums, 0, sumStep * positions);
    for (let n = index * chunk; n < end; n += images) {
      const count = min(images, end - n);
      const image = x + <usize>n * xSample + bytes(group * inPerGroup * height * width);
      const cotangent = g + <usize>n * gSample + <usize>(group * outPerGroup + first) * gPlane;
      for (let line = 0; line < down; line += tileRows) {
        const lines = min(tileRows, down - line);
        transformImages(image, xSample, count, square, inPerGroup, height, width, line * size + shiftY - top, left - shiftX, lines, across, v, vBlock, vStep, pixels, scratch);
        for (let o = 0; o < outputs; o += 8) {
          let at = z + <usize>(o >> 4) * zBlock + (<usize>(o & 8) << 2);
          for (let k = 0; k < count; k++) {
            packImage(cotangent + <usize>k * gSample + <usize>o * gPlane, min(8, outputs - o), outHeight, outWidth, line * size, lines * size, 0, across * size, pixels);
            for (let l = 0; l < lines; l++) {
              transformCotangent(pixels + <usize>(l * size) * gPitch, gPitch, at, zStep, scratch, across);
              at += <usize>across << 6;
            }
          }
        }
        sumPositions(v, vBlock, vStep, z, zBlock, zStep, inPerGroup, outputs, count * lines * across, sums, sumStep);
      }
    }
    const weight = target + bytes(((index * groups + group) * outPerGroup + first) * inPerGroup * kernel * kernel);
    if (writeSums(sums, sumStep, channels, inPerGroup, outputs, weight, kernel, shiftY, shiftX, scratch) == 0) continue;
    // Something is not finite, and may have spread: again, without transforms. The sums are not needed any more.
    for (let n = index * chunk; n < end; n++) {
      const image = x + <usize>n * xSample + bytes(group * inPerGroup * height * width);
      const cotangent = g + <usize>n * gSample + <usize>(group * outPerGroup + first) * gPlane;
      for (let line = 0; line < down; line += tileRows) {
        const rows = min(tileRows * size, outHeight - line * size);
        const row = outWidth + square - 1;
        const plane = bytes((rows + square - 1) * row);
        copyPadded(image, inPerGroup, height, width, top - shiftY, left - shiftX, line * size, rows + square - 1, row, v);
        sumGroup(v, 0, plane, bytes(row), inPerGroup, cotangent + bytes(line * size * outWidth), 0, gPlane, outputs, rows, outWidth, square, square, 1, sums, bytes(inPerGroup * square * square), n > index * chunk || line > 0);
      }
    }
    for (let filter = 0; filter < outputs * inPerGroup; filter++) {
      writeSquare(sums + bytes(filter * square * square), 4, weight + bytes(filter * kernel * kernel), kernel, shiftY, shiftX);
    }
  }
}

/** Gᵀ·m·G of all sums, into a square of [output channel][input channel][kernel][kernel]. 0 where all are finite, else NaN. */
function writeSums(
  sums: usize, sumStep: usize, channels: i32, inPerGroup: i32, outputs: i32, weight: usize, kernel: i32, shiftY: i32, shiftX: i32, scratch: usize,
): f32 {
  const taps = scratch + tapsOffset;
  let flaw: f32 = 0;
  for (let first = 0; first < outputs; first += 8) {
    const lanes = min(8, outputs - first);
    for (let c = 0; c < inPerGroup; c++) {
      transformSums(sums + bytes(((first >> 4) * channels + c) * 16 + (first & 8)), sumStep, taps, scratch);
      for (let o = 0; o < lanes; o++) {
        const filter = weight + bytes(((first + o) * inPerGroup + c) * kernel * kernel);
        flaw += writeSquare(taps + bytes(o), 32, filter, kernel, shiftY, shiftX);
      }
    }
  }
  return flaw;
}

/**
 * 3×3 weights, `step` bytes apart, into a filter, but for those that the square before has: the first row or column behind
 * a shift. 0 where all are finite, else NaN.
 */
function writeSquare(from: usize, step: usize, filter: usize, kernel: i32, shiftY: i32, shiftX: i32): f32 {
  let flaw: f32 = 0;
  for (let i = 0; i < square; i++) {
    for (let j = 0; j < square; j++) {
      const number = load<f32>(from);
      flaw += number * 0;
      if ((i > 0 || shiftY == 0) && (j > 0 || shiftX == 0)) {
        store<f32>(filter + bytes((shiftY + i) * kernel + shiftX + j), number);
      }
      from += step;
    }
  }
  return flaw;
}
