import type { NdArray } from 'ndarray';
import { allocateFloats } from '../src/allocate.ts';
import { sizeOf } from '../src/authors/index.ts';
import { type Numbers, Random, type Shape, Tensor, tensor } from '../src/index.ts';
import type { DataType } from '../src/kernels/dtype.ts';
import { rowMajorStrides } from '../src/tensor/shape.ts';
import { assign, restride, viewOf } from '../src/tensor/strided.ts';

interface UniformOptions {
  readonly low?: number;
  readonly high?: number;
  readonly seed?: number;
}

/** Seeded float64 numbers from [low, high): a point to check a derivative at. */
export function uniform(
  shape: Shape,
  { low = -1, high = 1, seed = 1 }: UniformOptions = {},
): NdArray<Float32Array | Float64Array> {
  const random = new Random(seed);
  return viewOf(
    Float64Array.from({ length: sizeOf(shape) }, () => random.uniform(low, high)),
    shape,
  );
}

/** A float64 tensor, where lists alone would give float32. */
export function double(numbers: Numbers): Tensor {
  return tensor(numbers, { dtype: 'float64' });
}

/**
 * A tensor of the same numbers that lie first axis fastest, three apart, behind an offset, with NaN between them: an op
 * that reads it like a row-major array gives itself away.
 */
export function scattered(x: Tensor): Tensor {
  const strides = rowMajorStrides(x.shape.toReversed())
    .map((stride) => 3 * stride)
    .reverse();
  const data = allocateFloats(x.dtype, 3 * x.size + 2).fill(Number.NaN);
  const view = restride(viewOf(data, [data.length]), x.shape, strides, 2);
  assign(view, x.view);
  return new Tensor(view);
}

/** Every position of a shape, the last axis fastest. */
export function* positions(shape: Shape): Generator<number[]> {
  if (shape.length === 0) {
    yield [];
    return;
  }
  for (const position of positions(shape.slice(0, -1))) {
    for (let last = 0; last < shape[shape.length - 1]; last++) yield [...position, last];
  }
}

/** The position of a tensor of `shape` whose number stands at `position` once it is broadcast. */
export function broadcastPosition(shape: Shape, position: readonly number[]): number[] {
  return position.slice(position.length - shape.length).map((index, axis) => (shape[axis] === 1 ? 0 : index));
}

export const dataTypes: readonly DataType[] = ['float32', 'float64'];
