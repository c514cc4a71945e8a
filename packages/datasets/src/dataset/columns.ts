import type { NdArray } from 'ndarray';

/** Numbers of a column in memory of one type. */
export type ColumnNumbers =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** What an array is known by, whatever its numbers. */
interface AnyArray {
  readonly data: unknown;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
}

/**
 * The columns of a dataset in arrays: those of its fields that are ndarrays. Each has one row for each sample, the rows of one
 * index belong together. All other fields (`name`, `classes`) are about the whole.
 */
export type ColumnName<Data> = {
  [Name in keyof Data]: Data[Name] extends AnyArray ? Name : never;
}[keyof Data];

/** A column by its name. */
export interface Column {
  readonly name: string;
  readonly array: NdArray<ColumnNumbers>;
}

/** The columns of a dataset, in the order of its fields. */
export function columnsOf(dataset: object): readonly Column[] {
  return Object.entries(dataset)
    .filter((field): field is [string, NdArray<ColumnNumbers>] => isArray(field[1]))
    .map(([name, array]) => ({ name, array }));
}

/** The column of that name. */
export function columnOf(dataset: object, name: string): NdArray<ColumnNumbers> | undefined {
  return columnsOf(dataset).find((column) => column.name === name)?.array;
}

/** Whether a value is an ndarray, as far as can be seen. */
export function isArray(value: unknown): value is NdArray<ColumnNumbers> {
  return typeof value === 'object' && value !== null && 'data' in value && 'stride' in value && 'shape' in value;
}

/** The least and the largest index that an array reads; none where it is empty. */
export function reachOf({ shape, stride, offset }: AnyArray): { least: number; most: number } {
  if (shape.includes(0)) return { least: 0, most: -1 };
  const ends = shape.map((length, axis) => (length - 1) * stride[axis]);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return {
    least: offset + sum(ends.filter((end) => end < 0)),
    most: offset + sum(ends.filter((end) => end > 0)),
  };
}

/** Where each number of one row stands from the row's beginning, in row-major order. */
export function offsetsIn(shape: readonly number[], stride: readonly number[]): Int32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  const offsets = new Int32Array(size);
  // The last axis runs fastest.
  for (let axis = shape.length - 1, run = 1; axis >= 0; run *= shape[axis], axis--) {
    for (let at = 0; at < size; at++) offsets[at] += (Math.floor(at / run) % shape[axis]) * stride[axis];
  }
  return offsets;
}
