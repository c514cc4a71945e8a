import type { NdArray } from 'ndarray';
import { kernels } from '../engine/kernels.ts';
import { ShapeError } from '../errors.ts';
import type { FloatArray } from '../kernels/dtype.ts';
import { operands } from '../tape/record.ts';
import type { TensorLike } from '../tensor/create.ts';
import { indexArray } from '../tensor/indices.ts';
import { formatShape, reducedShape, resolveAxis } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { around } from './softmax.ts';

export interface AlongOptions {
  /** Whether the axis stays, with length 1. Default: false. */
  readonly keepDims?: boolean;
}

/**
 * The place of the largest x along `axis` (the last by default): the first of equals, or the first NaN. Plain whole
 * numbers, which have no gradient.
 *
 * @returns an ndarray of the shape of x without the axis
 * @throws ShapeError when the axis has no numbers
 */
export function argMax(x: TensorLike, axis = -1, options: AlongOptions = {}): NdArray<Int32Array> {
  return places('argMax', operands('argMax', { x }).x, axis, options, kernels.argMax);
}

/**
 * The place of the smallest x along `axis` (the last by default): the first of equals, or the first NaN. Plain whole
 * numbers, which have no gradient.
 *
 * @returns an ndarray of the shape of x without the axis
 * @throws ShapeError when the axis has no numbers
 */
export function argMin(x: TensorLike, axis = -1, options: AlongOptions = {}): NdArray<Int32Array> {
  return places('argMin', operands('argMin', { x }).x, axis, options, kernels.argMin);
}

function places(
  operation: string,
  x: Tensor,
  axis: number,
  { keepDims = false }: AlongOptions,
  kernel: (x: FloatArray, places: Int32Array, outer: number, length: number, inner: number) => void,
): NdArray<Int32Array> {
  const along = resolveAxis(operation, axis, x.rank);
  if (x.shape[along] === 0) {
    throw new ShapeError({
      operation,
      got: `x is ${formatShape(x.shape)}, with nothing along axis ${along}`,
      wanted: 'at least one number to choose from',
      remedy: 'Check how x was made, or choose another axis',
    });
  }
  const sizes = around(x.shape, along);
  const chosen = new Int32Array(sizes[0] * sizes[2]);
  kernel(x.read(), chosen, ...sizes);
  return indexArray(chosen, reducedShape(x.shape, [along], keepDims));
}
