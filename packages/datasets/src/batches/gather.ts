import { Random } from '@tapegrad/core';
import type { ImageDataset } from '../dataset/dataset.ts';
import { applyTo } from '../transforms/apply.ts';
import type { Transform } from '../transforms/kinds.ts';

/** A dataset as plain arrays and numbers, which can be handed to another thread. */
export interface StoredImages {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
  /** Count, channels, height and width. */
  readonly shape: readonly number[];
  /** Where the pixels stand in their array, as an ndarray has it. */
  readonly stride: readonly number[];
  readonly offset: number;
}

/** How pixels become the numbers of a batch. Plain data, too. */
export interface Preparation {
  /** For each channel, the number that each of the 256 pixels becomes. */
  readonly values: readonly Float32Array[];
  readonly transform?: Transform;
  /** What the random numbers of the transforms begin with; each batch has a stream of its own. */
  readonly seed: number;
}

/** The numbers of a batch. */
export interface PreparedBatch {
  readonly images: Float32Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** The dataset as plain arrays. The pixels are not copied. */
export function storedImages({ images, labels }: ImageDataset): StoredImages {
  const { data, shape, stride, offset } = images;
  return {
    pixels: data,
    labels: Uint8Array.from({ length: labels.shape[0] }, (_, index) => labels.get(index)),
    shape: [...shape],
    stride: [...stride],
    offset,
  };
}

/** The samples at `indices`, as batch `number` of its pass: the same bits in whichever thread and order it is made. */
export function prepareBatch(
  stored: StoredImages,
  { values, transform, seed }: Preparation,
  indices: Uint32Array,
  number: number,
): PreparedBatch {
  const gathered = gather(stored, indices, values);
  if (!transform) return gathered;
  const shape = [indices.length, ...stored.shape.slice(1)];
  // The lower 21 bits of the seed are the batch's.
  const random = new Random(seed * 2 ** 21 + (number % 2 ** 21));
  return { ...gathered, images: applyTo(gathered.images, shape, transform, random) };
}

/** Copies the samples at `indices`, whatever the strides of the stored images. */
function gather(stored: StoredImages, indices: Uint32Array, values: readonly Float32Array[]): PreparedBatch {
  const { pixels, shape, stride, offset } = stored;
  const [, channels, height, width] = shape;
  const [sampleStride, channelStride, rowStride, pixelStride] = stride;
  const labels = new Uint8Array(indices.length);
  const images = new Float32Array(indices.length * channels * height * width);
  // A plane without gaps is read in one go.
  const isWhole = pixelStride === 1 && rowStride === width;
  const [rows, columns] = isWhole ? [1, height * width] : [height, width];
  let written = 0;
  for (let sample = 0; sample < indices.length; sample++) {
    labels[sample] = stored.labels[indices[sample]];
    for (let channel = 0; channel < channels; channel++) {
      for (let row = 0; row < rows; row++, written += columns) {
        const start = offset + indices[sample] * sampleStride + channel * channelStride + row * rowStride;
        copyPixels(pixels, start, pixelStride, values[channel], images, written, columns);
      }
    }
  }
  return { images, labels };
}

/** images[written + i] = the value of pixel i of a line. */
function copyPixels(
  pixels: ArrayLike<number>,
  start: number,
  stride: number,
  values: Float32Array,
  images: Float32Array,
  written: number,
  count: number,
): void {
  for (let i = 0, read = start; i < count; i++, read += stride) images[written + i] = values[pixels[read]];
}
