import { ValueError } from '@tapegrad/core';
import { checkSurplus, kindOf, ndarrayOf } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import { type ColumnNumbers, isArray } from './columns.ts';
import { checkSamples, hasItems } from './count.ts';
import type { Dataset } from './dataset.ts';
import { type ItemOf, items } from './items.ts';
import { emptyLike } from './select.ts';

/** Numbers that an item may have: one, a list, a typed array or an ndarray. */
export type ItemNumbers = number | readonly number[] | ColumnNumbers | NdArray<ColumnNumbers>;

/** What becomes of a field of items when they are put together. */
export type Collected<Value> =
  Value extends NdArray<ColumnNumbers> ? Value : Value extends ColumnNumbers ? NdArray<Value> : NdArray<Float32Array>;

/** The arrays of a dataset of items: each field with one row for each item. */
export type CollectedOf<Item> = {
  readonly [Name in keyof Item]: Name extends 'labels' ? NdArray<Int32Array> : Collected<Item[Name]>;
};

/**
 * The arrays of a dataset of items: for each field one array, whose row i is that of item i. Numbers and lists of them become float32, but
 * `labels` int32; typed arrays and ndarrays keep their type. All items are asked for now, so that `batches` and a `Prefetcher` are
 * quick afterwards.
 *
 * @example
 * const squares = map([1, 2, 3], (x) => ({ inputs: [x], targets: [x * x] }));
 * collect(squares).targets.shape // [3, 1]
 * @throws ValueError when an item has no numbers under a name, or another shape than the first; or there are no items
 */
export function collect<Data extends object>(dataset: Data, ...surplus: []): CollectedOf<ItemOf<Data>> {
  checkSurplus('collect', surplus);
  checkSamples('collect', dataset);
  const all: Dataset<unknown> = hasItems(dataset) ? dataset : items(dataset);
  return collectItems(
    'collect',
    Array.from({ length: all.length }, (_, index) => all.at(index)),
  ) as CollectedOf<ItemOf<Data>>;
}

/** The same of a list of items. */
export function collectItems(
  operation: string,
  list: readonly unknown[],
): Readonly<Record<string, NdArray<ColumnNumbers>>> {
  const [first] = list;
  const refuse = (got: string, wanted: string) =>
    new ValueError({
      operation,
      got,
      wanted,
      remedy: 'Bring the items to this form with `map`: `map(dataset, (item) => ({ inputs: …, targets: … }))`',
    });
  if (list.length === 0) throw refuse('no items', 'at least one, by which the arrays are made');
  if (
    typeof first !== 'object' ||
    first === null ||
    isArray(first) ||
    ArrayBuffer.isView(first) ||
    Array.isArray(first)
  ) {
    throw refuse(`${kindOf(first)} as item 0`, 'objects whose fields are numbers, lists or arrays of them');
  }
  const columns = Object.entries(first).map(([name, value]) => {
    const shape = shapeOf(value);
    if (!shape)
      throw refuse(`${kindOf(value)} as ${name} of item 0`, 'a number, a list of numbers, a typed array or an ndarray');
    const size = shape.reduce((product, length) => product * length, 1);
    const numbers = emptyFor(name, value, list.length * size);
    for (const [index, item] of list.entries()) {
      const own: unknown = Object(item)[name];
      const ownShape = shapeOf(own);
      if (!ownShape || ownShape.join() !== shape.join()) {
        const got = ownShape ? `${name} of shape [${ownShape.join(', ')}]` : `${kindOf(own)} as ${name}`;
        throw refuse(`${got} in item ${index}`, `shape [${shape.join(', ')}], as in item 0`);
      }
      write(own as ItemNumbers, numbers, index * size, size);
    }
    return [name, ndarrayOf(numbers, [list.length, ...shape])] as const;
  });
  return Object.fromEntries(columns);
}

function shapeOf(value: unknown): readonly number[] | undefined {
  if (typeof value === 'number') return [];
  if (isArray(value)) return value.shape;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return [(value as ColumnNumbers).length];
  const isList = Array.isArray(value) && [...value].every((each) => typeof each === 'number');
  return isList ? [value.length] : undefined;
}

function emptyFor(name: string, value: unknown, length: number): ColumnNumbers {
  if (name === 'labels') return new Int32Array(length);
  if (isArray(value)) return ArrayBuffer.isView(value.data) ? emptyLike(value.data, length) : new Float32Array(length);
  return ArrayBuffer.isView(value) ? emptyLike(value as ColumnNumbers, length) : new Float32Array(length);
}

function write(value: ItemNumbers, numbers: ColumnNumbers, at: number, size: number): void {
  if (typeof value === 'number') numbers[at] = value;
  else if (!isArray(value)) numbers.set(value as ArrayLike<number>, at);
  else {
    const { data, shape, stride, offset } = value;
    for (let index = 0; index < size; index++) {
      let [read, rest] = [offset, index];
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        read += (rest % shape[axis]) * stride[axis];
        rest = Math.floor(rest / shape[axis]);
      }
      numbers[at + index] = data[read];
    }
  }
}
