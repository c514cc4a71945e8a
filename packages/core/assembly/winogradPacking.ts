import { transformFilter3, transformFilter5 } from './generated/winogradTiles';
import { bytes, zeros } from './lanes';
import { turnFour } from './matrixPanels';

/* How images and filters are laid out for Winograd's convolution: 8 or 16 channels of a pixel or a tap beside each other. */

/** A tile of 6×6 numbers has so many positions, each with a product of matrices of its own. */
export const positions: i32 = 36;

/** The bytes that transforms need for a square between their passes, and a filter behind it. */
export const scratchBytes: usize = 2560;
export const tapsOffset: usize = 1536;

/** How many outputs a tile has in each direction, by the size of the filter: both together see six inputs. */
// @ts-ignore: decorator
@inline
export function outputsOf(kernel: i32): i32 {
  return 7 - kernel;
}

/** How many tiles cover so many columns, in whole vectors of four outputs. */
// @ts-ignore: decorator
@inline
export function tilesAcross(columns: i32, kernel: i32): i32 {
  return ((columns + 3) >> 2) * (4 / outputsOf(kernel));
}

/**
 * Rows [first, first + rows) of up to eight channels of an image as [row][column][8], `columns` of them, `left` zeros before
 * each row; zeros outside of the image and for channels that are not there. A negative `left` cuts off.
 */
export function packImage(
  image: usize,
  channels: i32,
  height: i32,
  width: i32,
  first: i32,
  rows: i32,
  left: i32,
  columns: i32,
  target: usize,
): void {
  const plane = bytes(height * width);
  const shift = min(columns, max(0, left));
  const cut = max(0, -left);
  const inside = max(0, min(width - cut, columns - shift));
  const start = <usize>shift << 5;
  const end = <usize>(shift + inside) << 5;
  const row = <usize>columns << 5;
  for (let r = first; r < first + rows; r++) {
    if (r < 0 || r >= height) clear(target, target + row);
    else {
      clear(target, target + start);
      packRow(image + bytes(r * width + cut), plane, channels, inside, target + start);
      clear(target + end, target + row);
    }
    target += row;
  }
}

/** Zeros for whole pixels. */
// @ts-ignore: decorator
@inline
function clear(from: usize, to: usize): void {
  for (let at = from; at < to; at += 32) {
    v128.store(at, zeros(), 16);
    v128.store(at, zeros());
  }
}

/** The last four columns overlap those before them. */
function packRow(row: usize, plane: usize, channels: i32, width: i32, target: usize): void {
  if (channels < 8 || width < 4) {
    packLanes(row, plane, channels, width, target);
    return;
  }
  const upper = row + 4 * plane;
  for (let t = 0; t < width; t += 4) {
    const at = min(t, width - 4);
    const to = target + (<usize>at << 5);
    turnFour(row + bytes(at), plane, to, 32);
    turnFour(upper + bytes(at), plane, to + 16, 32);
  }
}

/** The same, number by number. */
function packLanes(row: usize, plane: usize, channels: i32, width: i32, target: usize): void {
  for (let t = 0; t < width; t++) {
    for (let c = 0; c < 8; c++) {
      const number: f32 = c < channels ? load<f32>(row + <usize>c * plane + bytes(t)) : 0;
      store<f32>(target + bytes(t * 8 + c), number);
    }
  }
}

/** Room for a position's filters: all channels rounded up, and so much between positions that they do not fight in the cache. */
export function filterStep(blocks: i32, inPerGroup: i32): usize {
  return bytes(blocks * 16 * ((inPerGroup + 7) & ~7)) + 64;
}

/**
 * Packs square filters of 3 or 5 rows as G·w·Gᵀ, [group][position][block][input channel][16 output channels], zeros for channels that are not
 * there. The weight has strides (in numbers) of output and input channels, so that one routine serves a convolution and
 * its transpose; `flip` turns the kernel by half a turn. A unit is a block of 16 output channels of a group.
 */
export function packWinograd(
  weight: usize,
  packed: usize,
  kernel: i32,
  outPerGroup: i32,
  inPerGroup: i32,
  outStride: i32,
  inStride: i32,
  flip: i32,
  work: usize,
  workBytes: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const scratch = work + <usize>thread * workBytes;
  const taps = scratch + tapsOffset;
  const count = kernel * kernel;
  const blocks = (outPerGroup + 15) >> 4;
  const channels = (inPerGroup + 7) & ~7;
  const step = filterStep(blocks, inPerGroup);
  for (let unit = from; unit < to; unit++) {
    const group = unit / blocks;
    const block = unit % blocks;
    const start = packed + <usize>(group * positions) * step + bytes(block * channels * 16);
    for (let half = 0; half < 16; half += 8) {
      const first = block * 16 + half;
      const outputs = min(8, outPerGroup - first);
      if (outputs <= 0) continue;
      for (let c = 0; c < channels; c++) {
        const filters = weight + bytes(group * outPerGroup * inPerGroup * count + first * outStride + c * inStride);
        for (let o = 0; o < 8; o++) {
          for (let tap = 0; tap < count; tap++) {
            const source = filters + bytes(o * outStride + (flip ? count - 1 - tap : tap));
            const number: f32 = o < outputs && c < inPerGroup ? load<f32>(source) : 0;
            store<f32>(taps + bytes(tap * 8 + o), number);
          }
        }
        const to = start + bytes(c * 16 + half);
        if (kernel == 3) transformFilter3(taps, to, step, scratch);
        else transformFilter5(taps, to, step, scratch);
      }
    }
  }
}
