import type { NdArray } from 'ndarray';
import ndarray from 'ndarray';
import operations from 'ndarray-ops';
import * as kernels from '../engine/kernels.ts';
import type { Memory } from '../engine/memory.ts';
import type { DataType, FloatArray } from '../kernels/dtype.ts';
import { rowMajorStrides, type Shape, sizeOf } from './shape.ts';

/** A view of numbers: flat data, and the shape, strides and offset to read it by. */
export type View = NdArray<FloatArray>;

/*
 * The one file where `ndarray` and `ndarray-ops` are called. Both make code with `new Function`, so a page with a
 * strict content security policy has to allow 'unsafe-eval'. They serve the general strided case of any number type, where
 * numbers come in and go out; kernels get flat arrays.
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
  if (known) return new known(data, ...shape, ...strides, offset);
  const made: View = ndarray(data, [...shape], [...strides], offset);
  classes[shape.length] = made.constructor as ViewClass;
  return made;
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

/** The numbers of a view as one flat row-major array: the very same memory where it lies so already, else a copy. */
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
export function assign(target: View, source: View): void {
  if (target.shape.length === 0) target.data[target.offset] = source.data[source.offset];
  else if (sizeOf(target.shape) > 0) operations.assign(target, source);
}

/** Writes the numbers of any view, of any number type, into a flat array in row-major order. */
export function copyInto(target: FloatArray, source: NdArray): FloatArray {
  if (source.shape.length === 0) {
    target[0] = source.get();
  } else if (ArrayBuffer.isView(source.data) && isRowMajor(source)) {
    target.set(source.data.subarray(source.offset, source.offset + target.length));
  } else if (target.length > 0) {
    operations.assign(viewOf(target, source.shape), source);
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
