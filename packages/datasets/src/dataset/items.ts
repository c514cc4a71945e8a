import { checkSurplus, ndarrayOf } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import { checkDataset } from './checkDataset.ts';
import { type ColumnName, columnsOf } from './columns.ts';
import { countOf, hasItems } from './count.ts';
import type { Dataset } from './dataset.ts';

/** One sample of a dataset in arrays: of each array the row, but of `labels` the number. */
export type SampleOf<Data> = {
  readonly [Name in ColumnName<Data>]: Name extends 'labels' ? number : Data[Name];
};

/** One item of a dataset, whether it has items or arrays. */
export type ItemOf<Data> = Data extends Dataset<infer Item> ? Item : SampleOf<Data>;

/**
 * A dataset as items: item i of a dataset in arrays has the fields of the dataset, each with row i, which looks at the same memory;
 * `labels` is a number. A dataset that has items comes back as it is.
 *
 * @example items(builtInDigits({ train: 5, test: 1 }).train).at(2)?.images.shape // [1, 28, 28]
 * @throws ValueError when it is no dataset
 */
export function items<Data extends object>(dataset: Data, ...surplus: []): Dataset<ItemOf<Data>> {
  checkSurplus('items', surplus);
  if (hasItems(dataset)) return dataset as Dataset<ItemOf<Data>>;
  checkDataset('items', dataset);
  const columns = columnsOf(dataset);
  const length = countOf(dataset);
  return {
    length,
    at(index) {
      if (!(Number.isInteger(index) && index >= 0 && index < length)) return undefined;
      const rows = columns.map(({ name, array }) => [name, name === 'labels' ? array.get(index) : rowOf(array, index)]);
      return Object.fromEntries(rows) as ItemOf<Data>;
    },
  };
}

function rowOf({ data, shape, stride, offset }: NdArray, index: number): NdArray {
  return ndarrayOf(data as Float32Array, shape.slice(1), stride.slice(1), offset + index * stride[0]);
}
