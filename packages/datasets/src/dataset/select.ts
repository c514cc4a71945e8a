import { ValueError } from '@tapegrad/core';
import { checkNumberList, checkSurplus, ndarrayOf } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import { type ColumnNumbers, columnsOf, offsetsIn } from './columns.ts';
import { checkSamples, countOf, hasItems } from './count.ts';
import type { Dataset } from './dataset.ts';

/** Some samples of a dataset: a dataset of the same kind. */
export type Selected<Data> = Data extends Dataset<infer Item> ? Dataset<Item> : Data;

/**
 * The samples at `indices`, in that order; an index may come more than once. Of a dataset in arrays they are copied, of one with
 * items each is asked for when it is needed.
 *
 * @example select(builtInDigits({ train: 10, test: 1 }).train, Uint32Array.of(3, 1)).labels.size // 2
 * @throws DataTypeError when these are no samples, or the indices no list
 * @throws ValueError when an index is not that of a sample
 */
export function select<Data extends object>(samples: Data, indices: ArrayLike<number>, ...surplus: []): Selected<Data> {
  checkSurplus('select', surplus);
  checkSamples('select', samples);
  checkIndices('select', indices, countOf(samples));
  if (hasItems(samples)) {
    const chosen = Uint32Array.from(indices);
    const view: Dataset<unknown> = {
      length: chosen.length,
      at: (index) => (chosen[index] === undefined ? undefined : samples.at(chosen[index])),
    };
    return view as Selected<Data>;
  }
  const rows = columnsOf(samples).map(({ name, array }) => [name, rowsOf(array, indices)]);
  const { isOutlier } = samples as { readonly isOutlier?: unknown };
  const marks = Array.isArray(isOutlier) ? { isOutlier: Array.from(indices, (index) => isOutlier[index]) } : {};
  return { ...samples, ...Object.fromEntries(rows), ...marks } as Selected<Data>;
}

/** @throws ValueError unless all are indices of `count` samples */
export function checkIndices(operation: string, indices: ArrayLike<number>, count: number): void {
  const remedy = 'Give the indices of the samples, counted from 0';
  checkNumberList(operation, 'indices', indices, remedy);
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at];
    if (Number.isInteger(index) && index >= 0 && index < count) continue;
    const got = `indices[${at}] is ${index}, with ${count} samples`;
    throw new ValueError({ operation, got, wanted: `whole numbers from 0 to ${count - 1}`, remedy });
  }
}

/** The rows of an array at `indices`, whatever its strides. */
function rowsOf(array: NdArray<ColumnNumbers>, indices: ArrayLike<number>): NdArray<ColumnNumbers> {
  const shape = array.shape.slice(1);
  const offsets = offsetsIn(shape, array.stride.slice(1));
  const numbers = emptyLike(array.data, indices.length * offsets.length);
  let written = 0;
  for (let row = 0; row < indices.length; row++) {
    const start = array.offset + indices[row] * array.stride[0];
    for (let at = 0; at < offsets.length; at++) numbers[written++] = array.data[start + offsets[at]];
  }
  return ndarrayOf(numbers, [indices.length, ...shape]);
}

/** So many zeros of the same type, in memory of their own. */
export function emptyLike<Numbers extends ColumnNumbers>(numbers: Numbers, length: number): Numbers {
  const Kind = numbers.constructor as new (length: number) => Numbers;
  return new Kind(length);
}
