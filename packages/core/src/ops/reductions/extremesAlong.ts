import type { NdArray } from 'ndarray';
import * as kernels from '../../engine/kernels.ts';
import { ShapeError } from '../../errors.ts';
import type { FloatArray } from '../../kernels/dtype.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { indexArray } from '../../tensor/indices.ts';
import { formatShape, reducedShape, resolveAxis } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { gather } from '../indexing/gather.ts';
import { reshape } from '../shape/reshape.ts';
import { around } from '../softmax/softmax.ts';

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
  return placesOf('argMax', x, axis, options, kernels.argMax);
}

/**
 * The place of the smallest x along `axis` (the last by default): the first of equals, or the first NaN. Plain whole
 * numbers, which have no gradient.
 *
 * @returns an ndarray of the shape of x without the axis
 * @throws ShapeError when the axis has no numbers
 */
export function argMin(x: TensorLike, axis = -1, options: AlongOptions = {}): NdArray<Int32Array> {
  return placesOf('argMin', x, axis, options, kernels.argMin);
}

/** The chosen number of each line along an axis, and its place there. */
export interface Chosen {
  readonly values: Tensor;
  readonly places: NdArray<Int32Array>;
}

/**
 * values = the largest x along `axis`, places = where it stands: the first of equals, or the first NaN. All of the
 * gradient goes to the one that was chosen, as in PyTorch; `max` shares it among equals.
 *
 * @throws ShapeError when the axis has no numbers
 */
export function maxAlong(x: TensorLike, axis: number, { keepDims = false }: AlongOptions = {}): Chosen {
  return chosen('maxAlong', x, axis, keepDims, kernels.argMax);
}

/**
 * values = the smallest x along `axis`, places = where it stands: the first of equals, or the first NaN. All of the
 * gradient goes to the one that was chosen, as in PyTorch; `min` shares it among equals.
 *
 * @throws ShapeError when the axis has no numbers
 */
export function minAlong(x: TensorLike, axis: number, { keepDims = false }: AlongOptions = {}): Chosen {
  return chosen('minAlong', x, axis, keepDims, kernels.argMin);
}

type PlacesKernel = (x: FloatArray, places: Int32Array, outer: number, length: number, inner: number) => void;

function chosen(operation: string, given: TensorLike, axis: number, keepDims: boolean, kernel: PlacesKernel): Chosen {
  const { x } = operands(operation, { x: given });
  const along = resolveAxis(operation, axis, x.rank);
  const places = placesOf(operation, x, along, { keepDims: true }, kernel);
  const values = gather(x, along, places);
  if (keepDims) return { values, places };
  const shape = reducedShape(x.shape, [along], false);
  return { values: reshape(values, shape), places: indexArray(places.data, shape) };
}

function placesOf(
  operation: string,
  given: TensorLike,
  axis: number,
  { keepDims = false }: AlongOptions,
  kernel: PlacesKernel,
): NdArray<Int32Array> {
  const { x } = operands(operation, { x: given });
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
