import { scatter } from './convolution';
import { blockOf } from './convolutionPacking';
import { wideTileX16, wideTileX8 } from './generated/convolutionTiles';
import { bytes } from './lanes';

/**
 * Some rows of all output channels of an image, stride 1, with lanes of 256 bits: the twin of `convolveBlock`, to the same
 * bits. Filters and biases are packed by `packFilters`, `tile` is room for a tile of 6 × 8 numbers.
 */
export function convolveWide(
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
  outPerGroup: i32,
  relu: i32,
  tile: usize,
): void {
  const filter = bytes(inPerGroup * kernelHeight * kernelWidth);
  for (let block = 0, o = 0; o < outPerGroup; block++) {
    const channels = blockOf(block + 1, outPerGroup) - o;
    const target = y + <usize>o * yPlane;
    if (columns < 8) {
      // Rows shorter than a tile: tiles go over the ends of rows, and what falls between two rows is left out.
      const pitch = <i32>(row >> 2);
      const pixels = (rows - 1) * pitch + columns;
      for (let at = 0; at < pixels; at += 8) {
        wideTileX8(channels, image + bytes(at), plane, row, inPerGroup, kernelHeight, kernelWidth, weight, bias, tile, 32, relu);
        for (let k = 0; k < channels; k++) {
          scatter(tile + <usize>k * 32, target + <usize>k * yPlane, at, pitch, rows, columns);
        }
      }
    } else {
      for (let r = 0; r < rows; r++) {
        const from = image + <usize>r * row;
        const to = target + bytes(r * columns);
        // The last tile overlaps the one before it.
        for (let c = 0; c < columns; ) {
          if (columns >= 16 && columns - c > 8) {
            const at = bytes(min(c, columns - 16));
            wideTileX16(channels, from + at, plane, row, inPerGroup, kernelHeight, kernelWidth, weight, bias, to + at, yPlane, relu);
            c += 16;
          } else {
            const at = bytes(min(c, columns - 8));
            wideTileX8(channels, from + at, plane, row, inPerGroup, kernelHeight, kernelWidth, weight, bias, to + at, yPlane, relu);
            c += 8;
          }
        }
      }
    }
    weight += filter * channels;
    bias += bytes(channels);
    o += channels;
  }
}
