import { ValueError } from '@tapegrad/core';
import { checkHas, checkNumberList, checkSurplus, ndarrayOf, wrongKind } from '@tapegrad/core/authors';
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

/** Throws a DataTypeError unless these are samples: images with labels, points or a curve. */
export function checkSamples(operation: string, samples: unknown): void {
  const advice = {
    wanted: 'a dataset: labelled images, points or a curve',
    remedy: 'Give what `builtInDigits`, `twoMoons`, `noisyLine` and their like return, or `imageDataset` for your own',
  };
  const given = Object(samples);
  const inputs = 'images' in given ? given.images : given.inputs;
  if (typeof samples !== 'object' || samples === null) throw wrongKind(operation, 'samples', samples, advice);
  checkHas(operation, 'the array of samples', inputs, ['data', 'shape', 'stride'], advice);
}

/**
 * The samples at `indices`, in that order, in memory of their own.
 *
 * @example select(builtInDigits({ train: 10, test: 1 }).train, Uint32Array.of(3, 1)).labels.size // 2
 * @throws DataTypeError when these are no samples, or the indices no list
 * @throws ValueError when an index is not that of a sample
 */
export function select<Data extends Samples>(samples: Data, indices: Uint32Array, ...surplus: []): Data {
  checkSurplus('select', surplus);
  checkSamples('select', samples);
  checkIndices(indices, countOf(samples));
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

function checkIndices(indices: Uint32Array, count: number): void {
  const remedy = 'Give the indices of the samples, counted from 0';
  checkNumberList('select', 'indices', indices, remedy);
  const wrong = indices.findIndex((index) => !(Number.isInteger(index) && index >= 0 && index < count));
  if (wrong < 0) return;
  const got = `indices[${wrong}] is ${indices[wrong]}, with ${count} samples`;
  throw new ValueError({ operation: 'select', got, wanted: `whole numbers from 0 to ${count - 1}`, remedy });
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
