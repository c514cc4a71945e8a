import ndarray, { type Data, type NdArray } from 'ndarray';
import * as kernels from '../engine/kernels.ts';
import type { Memory } from '../engine/memory.ts';
import type { DataType, FloatArray } from '../kernels/dtype.ts';
import { PlainView } from './plainView.ts';
import { rowMajorStrides, type Shape, sizeOf } from './shape.ts';

/** A view of numbers: flat data, and the shape, strides and offset to read it by. */
export type View = NdArray<FloatArray>;

/*
 * The one file of core where `ndarray` is called. It makes a class for each type and number of axes with `new Function`, at the first
 * view of that kind. A page whose content security policy forbids that gets views from plainView.ts instead.
 */

type ViewClass = new (data: FloatArray, ...numbers: number[]) => View;

/** The classes that `ndarray` has made, by type and number of axes. */
const viewClasses = { float32: [] as ViewClass[], float64: [] as ViewClass[] };

/**
 * A view of data by shape and strides. `ndarray` looks at its data anew each time to find the class of the view; a step of
 * training makes a hundred of them.
 */
function makeView(data: FloatArray, shape: Shape, strides: readonly number[], offset: number): View {
  const classes = data instanceof Float32Array ? viewClasses.float32 : viewClasses.float64;
  const known = classes[shape.length];
  if (known) return viewBy(known, data, shape, strides, offset);
  const made: View = ndarrayOf(data, shape, strides, offset);
  if (!(made instanceof PlainView)) classes[shape.length] = made.constructor as ViewClass;
  return made;
}

/** Up to four axes are written out: a call that spreads its arguments takes several times as long. */
function viewBy(known: ViewClass, data: FloatArray, shape: Shape, strides: readonly number[], offset: number): View {
  switch (shape.length) {
    case 0:
      return new known(data, offset);
    case 1:
      return new known(data, shape[0], strides[0], offset);
    case 2:
      return new known(data, shape[0], shape[1], strides[0], strides[1], offset);
    case 3:
      return new known(data, shape[0], shape[1], shape[2], strides[0], strides[1], strides[2], offset);
    case 4: {
      const [a, b, c, d] = [strides[0], strides[1], strides[2], strides[3]];
      return new known(data, shape[0], shape[1], shape[2], shape[3], a, b, c, d, offset);
    }
    default:
      return new known(data, ...shape, ...strides, offset);
  }
}

/** An ndarray of any data; row-major from the first element on, unless strides and offset say otherwise. */
export function ndarrayOf<D extends Data>(
  data: D,
  shape: Shape,
  strides: readonly number[] = rowMajorStrides(shape),
  offset = 0,
): NdArray<D> {
  try {
    return ndarray(data, [...shape], [...strides], offset);
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    return new PlainView(data, shape, strides, offset);
  }
}

/** A row-major view of a whole flat array. */
export function viewOf(data: FloatArray, shape: Shape): View {
  return makeView(data, shape, rowMajorStrides(shape), 0);
}

/** A view of the same numbers by other strides. */
export function restride(view: View, shape: Shape, strides: readonly number[], offset = view.offset): View {
  return makeView(view.data, shape, strides, offset);
}

/** A view of other numbers by the same strides. */
export function withNumbers(view: View, numbers: FloatArray): View {
  return makeView(numbers, view.shape, view.stride, view.offset);
}

export function dtypeOf(view: View): DataType {
  return view.data instanceof Float32Array ? 'float32' : 'float64';
}

/** Whether the numbers lie in row-major order without gaps. Axes of length 1 may have any stride. */
export function isRowMajor(view: NdArray): boolean {
  let distance = 1;
  for (let axis = view.shape.length - 1; axis >= 0; axis--) {
    if (view.shape[axis] === 1) continue;
    if (view.stride[axis] !== distance) return false;
    distance *= view.shape[axis];
  }
  return true;
}

/** The numbers of a view as one flat row-major array: the same memory where they are in that order already, else a copy. */
export function flatten(view: View, memory: Memory): FloatArray {
  const size = sizeOf(view.shape);
  if (isRowMajor(view)) {
    const whole = view.offset === 0 && view.data.length === size;
    return whole ? view.data : view.data.subarray(view.offset, view.offset + size);
  }
  const copy = memory.allocate(dtypeOf(view), size);
  kernels.copyStrided(view.data, copy, view.offset, view.shape, view.stride);
  return copy;
}

/** Writes the numbers of one view to the elements of another of the same shape. */
export function assign(target: View, source: NdArray): void {
  const { data, shape } = target;
  const read = readerOf(source.data);
  const last = shape.length - 1;
  const write = (axis: number, to: number, from: number): void => {
    if (axis > last) {
      data[to] = read(from);
      return;
    }
    const [length, forward, ahead] = [shape[axis], target.stride[axis], source.stride[axis]];
    if (axis < last) for (let i = 0; i < length; i++) write(axis + 1, to + i * forward, from + i * ahead);
    else if (forward === 1 && ahead === 1 && ArrayBuffer.isView(source.data) && length >= worthCall)
      data.set(source.data.subarray(from, from + length), to);
    else for (let i = 0; i < length; i++) data[to + i * forward] = read(from + i * ahead);
  };
  write(0, target.offset, source.offset);
}

/** So many numbers are copied faster by `set` than one by one. */
const worthCall = 32;

/** How to read data by index: an ndarray may lie over something that is no array, and has `get`. */
function readerOf(data: NdArray['data']): (index: number) => number {
  return 'get' in data && typeof data.get === 'function'
    ? (index) => data.get(index)
    : (index) => (data as ArrayLike<number>)[index];
}

/** Writes the numbers of any view, of any number type, into a flat array in row-major order. */
export function copyInto(target: FloatArray, source: NdArray): FloatArray {
  if (ArrayBuffer.isView(source.data) && isRowMajor(source)) {
    target.set(source.data.subarray(source.offset, source.offset + target.length));
  } else if (target.length > 0) {
    assign(viewOf(target, source.shape), source);
  }
  return target;
}

/** The view as if it had `shape`: axes of length 1 are repeated by a stride of 0, nothing is copied. */
export function broadcastView(view: View, shape: Shape): View {
  const added = shape.length - view.shape.length;
  const strides = shape.map((length, axis) => {
    const own = axis - added;
    return own < 0 || (view.shape[own] === 1 && length !== 1) ? 0 : view.stride[own];
  });
  return restride(view, shape, strides);
}
