import { sumGroup } from './convolutionFilterGradient';
import { copyPadded } from './convolutionPadding';
import { transformCotangent, transformSums } from './generated/winogradTiles';
import { bytes } from './lanes';
import { packImage, positions, scratchBytes } from './winogradPacking';
import { sumPositions, tileRoom, transformImages } from './winogradProducts';

/*
 * The filter gradient of F(4×4, 3×3): ∂w = Gᵀ[Σ (A·g·Aᵀ) ⊙ (Bᵀ·d·B)]G, summed up over all tiles, of which each takes 36
 * products where the definition has 144. It is itself Winograd's F(3×3, 4×4).
 */

/**
 * ∂weight of a 3×3 convolution with stride 1, from x and the cotangent g of its output, for chunks of samples. A unit is one
 * of `parts` ranges of blocks of 16 output channels of a group in a chunk, computed `tileRows` rows of tiles of `images`
 * samples at a time; chunk k writes to `target` + k times the size of the weight.
 */
export function filterGradientWinograd(
  x: usize,
  g: usize,
  target: usize,
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
  const gPitch = <usize>(across * 4) << 5;
  for (let unit = from; unit < to; unit++) {
    const part = unit % parts;
    const group = (unit / parts) % groups;
    const index = unit / parts / groups;
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
        transformImages(image, xSample, count, inPerGroup, height, width, line * 4 - top, left, lines, across, v, vBlock, vStep, pixels, scratch);
        for (let o = 0; o < outputs; o += 8) {
          let at = z + <usize>(o >> 4) * zBlock + (<usize>(o & 8) << 2);
          for (let k = 0; k < count; k++) {
            packImage(cotangent + <usize>k * gSample + <usize>o * gPlane, min(8, outputs - o), outHeight, outWidth, line * 4, lines * 4, 0, across * 4, pixels);
            for (let l = 0; l < lines; l++) {
              transformCotangent(pixels + <usize>(l * 4) * gPitch, gPitch, at, zStep, scratch, across);
              at += <usize>across << 6;
            }
          }
        }
        sumPositions(v, vBlock, vStep, z, zBlock, zStep, inPerGroup, outputs, count * lines * across, sums, sumStep);
      }
    }
    const weight = target + bytes(((index * groups + group) * outPerGroup + first) * inPerGroup * 9);
    if (writeFilters(sums, sumStep, channels, inPerGroup, outputs, weight, scratch) == 0) continue;
    // Something is not finite, and may have spread: again, without transforms.
    for (let n = index * chunk; n < end; n++) {
      const image = x + <usize>n * xSample + bytes(group * inPerGroup * height * width);
      const cotangent = g + <usize>n * gSample + <usize>(group * outPerGroup + first) * gPlane;
      for (let line = 0; line < down; line += tileRows) {
        const rows = min(tileRows * 4, outHeight - line * 4);
        copyPadded(image, inPerGroup, height, width, top, left, line * 4, rows + 2, outWidth + 2, v);
        sumGroup(v, 0, bytes((rows + 2) * (outWidth + 2)), bytes(outWidth + 2), inPerGroup, cotangent + bytes(line * 4 * outWidth), 0, gPlane, outputs, rows, outWidth, 3, 3, 1, weight, bytes(inPerGroup * 9), n > index * chunk || line > 0);
      }
    }
  }
}

/** Gᵀ·m·G of all sums, as [output channel][input channel][3][3]. 0 where all numbers are finite, else NaN. */
function writeFilters(
  sums: usize, sumStep: usize, channels: i32, inPerGroup: i32, outputs: i32, weight: usize, scratch: usize,
): f32 {
  const taps = scratch + 1536;
  let flaw: f32 = 0;
  for (let first = 0; first < outputs; first += 8) {
    const lanes = min(8, outputs - first);
    for (let c = 0; c < inPerGroup; c++) {
      transformSums(sums + bytes(((first >> 4) * channels + c) * 16 + (first & 8)), sumStep, taps, scratch);
      for (let o = 0; o < lanes; o++) {
        const filter = weight + bytes(((first + o) * inPerGroup + c) * 9);
        for (let tap = 0; tap < 9; tap++) {
          const number = load<f32>(taps + bytes(tap * 8 + o));
          flaw += number * 0;
          store<f32>(filter + bytes(tap), number);
        }
      }
    }
  }
  return flaw;
}
