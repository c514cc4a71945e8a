import { type ColumnNumbers, offsetsIn } from '../dataset/columns.ts';
import { emptyLike } from '../dataset/select.ts';
import type { StoredColumn } from './stored.ts';

/** Of each pixel: (x - mean) / standardDeviation, one number for all channels or one for each; bytes are scaled to 0..1 before. */
export interface PixelScale {
  readonly mean: number | readonly number[];
  readonly standardDeviation: number | readonly number[];
}

/** The rows of a column at `indices`, in memory of their own, as they are. */
export function gatherRows({ data, shape, stride, offset }: StoredColumn, indices: Uint32Array): ColumnNumbers {
  if (shape.length === 1) {
    const numbers = emptyLike(data, indices.length);
    for (let row = 0; row < indices.length; row++) numbers[row] = data[offset + indices[row] * stride[0]];
    return numbers;
  }
  const offsets = offsetsIn(shape.slice(1), stride.slice(1));
  const numbers = emptyLike(data, indices.length * offsets.length);
  for (let row = 0, written = 0; row < indices.length; row++) {
    const start = offset + indices[row] * stride[0];
    for (let at = 0; at < offsets.length; at++, written++) numbers[written] = data[start + offsets[at]];
  }
  return numbers;
}

/** The images at `indices` in float32, whatever the strides of the stored ones. */
export function gatherImages(column: StoredColumn, indices: Uint32Array, scale: PixelScale): Float32Array<ArrayBuffer> {
  const { data, shape, stride, offset } = column;
  const [, channels, height, width] = shape;
  const [sampleStride, channelStride, rowStride, pixelStride] = stride;
  const images = new Float32Array(indices.length * channels * height * width);
  const isBytes = data instanceof Uint8Array || data instanceof Uint8ClampedArray;
  // A plane without gaps is read in one go.
  const isWhole = pixelStride === 1 && rowStride === width;
  const [rows, columns] = isWhole ? [1, height * width] : [height, width];
  for (let channel = 0; channel < channels; channel++) {
    const [mean, deviation] = [ofChannel(scale.mean, channel), ofChannel(scale.standardDeviation, channel)];
    const values = isBytes ? pixelValues(mean, deviation) : undefined;
    for (let sample = 0; sample < indices.length; sample++) {
      let written = (sample * channels + channel) * height * width;
      const start = offset + indices[sample] * sampleStride + channel * channelStride;
      for (let row = 0; row < rows; row++, written += columns) {
        if (values) lookUp(data, start + row * rowStride, pixelStride, values, images, written, columns);
        else rescale(data, start + row * rowStride, pixelStride, mean, deviation, images, written, columns);
      }
    }
  }
  return images;
}

const ofChannel = (numbers: number | readonly number[], channel: number): number =>
  typeof numbers === 'number' ? numbers : numbers[channel];

/** A byte has 256 values, so that each is worked out once and looked up from then on. */
function pixelValues(mean: number, standardDeviation: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, pixel) => (pixel / 255 - mean) / standardDeviation);
}

/** images[written + i] = the value of pixel i of a line. */
function lookUp(
  pixels: ColumnNumbers,
  start: number,
  stride: number,
  values: Float32Array,
  images: Float32Array,
  written: number,
  count: number,
): void {
  for (let i = 0, read = start; i < count; i++, read += stride) images[written + i] = values[pixels[read]];
}

/** images[written + i] = (pixel i of a line - mean) / standardDeviation. */
function rescale(
  pixels: ColumnNumbers,
  start: number,
  stride: number,
  mean: number,
  standardDeviation: number,
  images: Float32Array,
  written: number,
  count: number,
): void {
  for (let i = 0, read = start; i < count; i++, read += stride) {
    images[written + i] = (pixels[read] - mean) / standardDeviation;
  }
}
