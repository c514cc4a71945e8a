import { ndarrayOf } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import type { ImageDataset } from './dataset.ts';
import type { Curve } from './toys/curves.ts';
import type { LabelledPoints } from './toys/points.ts';

/** Whatever has samples that can be counted and chosen. */
export type Samples = ImageDataset | LabelledPoints | Curve;

/** How many samples there are. */
export function countOf(samples: Samples): number {
  return ('images' in samples ? samples.images : samples.inputs).shape[0];
}

/** The samples at `indices`, in that order, in memory of their own. */
export function select<Data extends Samples>(samples: Data, indices: Uint32Array): Data {
  const chosen: Record<string, unknown> = {};
  const data: Samples = samples;
  if ('images' in data) chosen.images = rowsOf(data.images, indices, (length) => new Uint8Array(length));
  if ('inputs' in data) {
    chosen.inputs = rowsOf(data.inputs, indices, (length) => new Float32Array(length));
    chosen.isOutlier = Array.from(indices, (index) => data.isOutlier[index]);
  }
  if ('labels' in data) chosen.labels = rowsOf(data.labels, indices, (length) => new Uint8Array(length));
  if ('targets' in data) chosen.targets = rowsOf(data.targets, indices, (length) => new Float32Array(length));
  return { ...samples, ...chosen };
}

/** The rows of an array at `indices`, whatever its strides. */
function rowsOf<Numbers extends Uint8Array | Float32Array>(
  array: NdArray<Numbers>,
  indices: Uint32Array,
  create: (length: number) => Numbers,
): NdArray<Numbers> {
  const shape = array.shape.slice(1);
  const size = shape.reduce((product, length) => product * length, 1);
  const numbers = create(indices.length * size);
  const offsets = offsetsIn(shape, array.stride.slice(1));
  let written = 0;
  for (const index of indices) {
    const start = array.offset + index * array.stride[0];
    for (let at = 0; at < size; at++) numbers[written++] = array.data[start + offsets[at]];
  }
  return ndarrayOf(numbers, [indices.length, ...shape]);
}

/** Where each number of one row stands from the row's beginning, in row-major order. */
function offsetsIn(shape: readonly number[], stride: readonly number[]): readonly number[] {
  return shape.reduce<readonly number[]>(
    (starts, length, axis) => starts.flatMap((start) => Array.from({ length }, (_, at) => start + at * stride[axis])),
    [0],
  );
}
