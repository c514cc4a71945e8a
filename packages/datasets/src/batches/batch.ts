import { ndarrayOf } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import type { CollectedOf } from '../dataset/collect.ts';
import type { ColumnName } from '../dataset/columns.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { PreparedBatch } from './prepare.ts';

/** Some samples of a dataset of labelled images. Each batch has memory of its own, so that it can be kept. */
export interface Batch {
  /** Of shape [n, channels, height, width]. */
  readonly images: NdArray<Float32Array>;
  /** Of shape [n]. */
  readonly labels: NdArray<Uint8Array>;
  /** Where each of the n samples stands in the dataset. */
  readonly indices: Uint32Array;
}

/** Images come as float32; all other arrays as they are. */
type BatchColumns<Data> = {
  readonly [Name in ColumnName<Data>]: Name extends 'images' ? NdArray<Float32Array> : Data[Name];
};

/** Some samples of a dataset: its arrays, or those that its items make, with n rows, and where each of the n samples stands. */
export type BatchOf<Data> = (Data extends Dataset<infer Item>
  ? BatchColumns<CollectedOf<Item>>
  : BatchColumns<Data>) & {
  readonly indices: Uint32Array;
};

/** A batch whose samples were mixed with one another. */
export type MixedBatchOf<Data> = Omit<BatchOf<Data>, 'targets'> & Mixed;

/** What `mix` adds to a batch. */
export interface Mixed {
  /** Of shape [n, classes], or that of the dataset's own targets: mixed as the images were. */
  readonly targets: NdArray<Float32Array>;
}

/** The arrays of a batch by their names, with shapes. */
export function asBatch<Data>(prepared: PreparedBatch, indices: Uint32Array): BatchOf<Data> {
  const arrays = prepared.map(({ name, numbers, shape }) => [name, ndarrayOf(numbers, shape)]);
  return { ...Object.fromEntries(arrays), indices } as BatchOf<Data>;
}
