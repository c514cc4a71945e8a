import { product4x8, product6x16, product6x8, reduce4x16, reduce4x8, transformInput } from './generated/winogradTiles';
import { isWide } from './lanes';
import { outputsOf, packImage, positions } from './winogradPacking';

/** The tiles of a unit, rounded up to what the products compute at a time. */
// @ts-ignore: decorator
@inline
export function tileRoom(tiles: i32): i32 {
  return (tiles + 11) / 12 * 12;
}

/**
 * Bᵀ·d·B of some rows of tiles of `images` images, `between` bytes apart, as [position][block of 8 channels][tile][8].
 * `pixels` is room for the rows of one block.
 */
export function transformImages(
  image: usize,
  between: usize,
  images: i32,
  kernel: i32,
  channels: i32,
  height: i32,
  width: i32,
  first: i32,
  left: i32,
  lines: i32,
  across: i32,
  v: usize,
  vBlock: usize,
  vStep: usize,
  pixels: usize,
  scratch: usize,
): void {
  const outputs = outputsOf(kernel);
  const columns = across * outputs + kernel - 1;
  const move = <usize>outputs << 5;
  const pitch = <usize>columns << 5;
  const plane = <usize>(height * width) << 2;
  for (let c = 0; c < channels; c += 8) {
    let to = v + <usize>(c >> 3) * vBlock;
    for (let n = 0; n < images; n++) {
      packImage(image + <usize>n * between + <usize>c * plane, min(8, channels - c), height, width, first, lines * outputs + kernel - 1, left, columns, pixels);
      for (let line = 0; line < lines; line++) {
        transformInput(pixels + <usize>(line * outputs) * pitch, pitch, to, vStep, move, scratch, across);
        to += <usize>across << 5;
      }
    }
  }
}

/** For each position: m[tile][16] = Σ over input channels of v · u, for up to 16 output channels. */
export function multiplyPositions(
  v: usize, vBlock: usize, vStep: usize, u: usize, uStep: usize, blocks: i32, outputs: i32, tiles: i32, m: usize,
): void {
  const rows = isWide() ? 6 : 4;
  // The last tiles overlap those before; where there are fewer than a tile of them, the rest are zeros.
  if (tiles < rows) {
    for (let position = 0; position < positions; position++) {
      for (let block = 0; block < blocks; block++) {
        memory.fill(v + <usize>position * vStep + <usize>block * vBlock + (<usize>tiles << 5), 0, <usize>(rows - tiles) << 5);
      }
    }
  }
  for (let position = 0; position < positions; position++) {
    for (let t = 0; t < tiles; t += rows) {
      const at = max(0, min(t, tiles - rows));
      const from = v + (<usize>at << 5);
      const to = m + <usize>(at * positions) * 64;
      if (isWide()) {
        if (outputs > 8) product6x16(from, vBlock, u, blocks, to);
        else product6x8(from, vBlock, u, blocks, to);
      } else {
        product4x8(from, vBlock, u, blocks, to);
        if (outputs > 8) product4x8(from, vBlock, u + 32, blocks, to + 32);
      }
    }
    v += vStep;
    u += uStep;
    m += 64;
  }
}

/** For each position: sums[block of 16 outputs][input channel][16] += Σ over tiles of v · z. */
export function sumPositions(
  v: usize, vBlock: usize, vStep: usize, z: usize, zBlock: usize, zStep: usize, channels: i32, outputs: i32, tiles: i32, sums: usize, sumStep: usize,
): void {
  for (let position = 0; position < positions; position++) {
    let to = sums;
    for (let o = 0; o < outputs; o += 16) {
      const from = z + <usize>(o >> 4) * zBlock;
      for (let c = 0; c < channels; c += 4) {
        const inputs = v + <usize>(c >> 3) * vBlock + (<usize>(c & 4) << 2);
        if (outputs - o <= 8) reduce4x8(inputs, from, to, tiles);
        else if (isWide()) reduce4x16(inputs, from, to, tiles);
        else {
          reduce4x8(inputs, from, to, tiles);
          reduce4x8(inputs, from + 32, to + 32, tiles);
        }
        to += 256;
      }
    }
    v += vStep;
    z += zStep;
    sums += sumStep;
  }
}
