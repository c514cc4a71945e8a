import type { Column, ColumnNumbers } from '../dataset/columns.ts';
import { emptyLike } from '../dataset/select.ts';

/** A column as plain arrays and numbers, which can be handed to another thread. */
export interface StoredColumn {
  readonly name: string;
  readonly data: ColumnNumbers;
  readonly shape: readonly number[];
  /** Where the numbers stand in their array, as an ndarray has it. */
  readonly stride: readonly number[];
  readonly offset: number;
}

/** A dataset in arrays, as it can be handed to another thread. */
export type StoredSamples = readonly StoredColumn[];

/** The columns as plain arrays. Numbers are not copied. */
export function storedSamples(columns: readonly Column[]): StoredSamples {
  return columns.map(({ name, array: { data, shape, stride, offset } }) => ({
    name,
    data,
    shape: [...shape],
    stride: [...stride],
    offset,
  }));
}

/** The same with its numbers in memory that a worker can see without a copy, where there is such memory. */
export function sharedSamples(stored: StoredSamples): StoredSamples {
  const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
  const canShare = typeof SharedArrayBuffer === 'function' && (crossOriginIsolated ?? true);
  if (!canShare) return stored;
  return stored.map((column) => {
    const { data } = column;
    if (data.buffer instanceof SharedArrayBuffer) return column;
    const Kind = emptyLike(data, 0).constructor as new (buffer: SharedArrayBuffer) => ColumnNumbers;
    const copy = new Kind(new SharedArrayBuffer(data.byteLength));
    copy.set(data);
    return { ...column, data: copy };
  });
}
