import type { NdArray } from 'ndarray';
import { allocate } from '../../allocate.ts';
import * as kernels from '../../engine/kernels.ts';
import { ShapeError } from '../../errors.ts';
import type { FloatArray } from '../../kernels/dtype.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { indexArray } from '../../tensor/indices.ts';
import { formatShape, reducedShape, resolveAxis, sizesAlong } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { gather } from '../indexing/gather.ts';
import { reshape } from '../shape/reshape.ts';

export interface AlongOptions {
  /** The axis along which one element is chosen. */
  readonly axis: number;
  /** Whether the axis stays, with length 1. Default: false. */
  readonly keepDims?: boolean;
}

const alongOptions: OptionNames<AlongOptions> = { axis: 'required', keepDims: 'optional flag' };
/** Those of `argMax` and `argMin`, which choose along the last axis where none is named. */
const choiceOptions: OptionNames<Partial<AlongOptions>> = { axis: 'optional', keepDims: 'optional flag' };

/**
 * The index of the largest x along `axis` (the last by default): the first of equals, or the first NaN. Plain whole
 * numbers, which have no gradient.
 *
 * @returns an ndarray of the shape of x without the axis
 * @example argMax([[1, 5], [3, 2]], { axis: 1 }) // [1, 0]
 * @throws ShapeError when the axis has no numbers
 */
export function argMax(x: TensorLike, options: Partial<AlongOptions> = {}, ...surplus: []): NdArray<Int32Array> {
  checkSurplus('argMax', surplus);
  const { axis = -1, keepDims = false } = checkOptions('argMax', options, choiceOptions);
  return indicesOf('argMax', x, axis, keepDims, kernels.argMax);
}

/**
 * The index of the smallest x along `axis` (the last by default): the first of equals, or the first NaN. Plain whole
 * numbers, which have no gradient.
 *
 * @returns an ndarray of the shape of x without the axis
 * @example argMin([[1, 5], [3, 2]], { axis: 1 }) // [0, 1]
 * @throws ShapeError when the axis has no numbers
 */
export function argMin(x: TensorLike, options: Partial<AlongOptions> = {}, ...surplus: []): NdArray<Int32Array> {
  checkSurplus('argMin', surplus);
  const { axis = -1, keepDims = false } = checkOptions('argMin', options, choiceOptions);
  return indicesOf('argMin', x, axis, keepDims, kernels.argMin);
}

/** The chosen number of each line along an axis, and its index there. */
export interface Chosen {
  readonly values: Tensor;
  readonly indices: NdArray<Int32Array>;
}

/**
 * values = the largest x along `axis`, indices = where it stands: the first of equals, or the first NaN. All of the
 * gradient goes to the one that was chosen, as in PyTorch; `max` shares it among equals.
 *
 * @example maxAlong([[1, 5], [3, 2]], { axis: 1 }).values // [5, 3]
 * @throws ShapeError when the axis has no numbers
 */
export function maxAlong(x: TensorLike, options: AlongOptions, ...surplus: []): Chosen {
  checkSurplus('maxAlong', surplus);
  const { axis, keepDims = false } = checkOptions('maxAlong', options, alongOptions);
  return chosen('maxAlong', x, axis, keepDims, kernels.argMax);
}

/**
 * values = the smallest x along `axis`, indices = where it stands: the first of equals, or the first NaN. All of the
 * gradient goes to the one that was chosen, as in PyTorch; `min` shares it among equals.
 *
 * @example minAlong([[1, 5], [3, 2]], { axis: 1 }).values // [1, 2]
 * @throws ShapeError when the axis has no numbers
 */
export function minAlong(x: TensorLike, options: AlongOptions, ...surplus: []): Chosen {
  checkSurplus('minAlong', surplus);
  const { axis, keepDims = false } = checkOptions('minAlong', options, alongOptions);
  return chosen('minAlong', x, axis, keepDims, kernels.argMin);
}

type IndicesKernel = (x: FloatArray, indices: Int32Array, outer: number, length: number, inner: number) => void;

function chosen(operation: string, given: TensorLike, axis: number, keepDims: boolean, kernel: IndicesKernel): Chosen {
  const { x } = operands(operation, { x: given });
  const along = resolveAxis(operation, axis, x.rank);
  const indices = indicesOf(operation, x, along, true, kernel);
  const values = gather(x, indices, { axis: along });
  if (keepDims) return { values, indices };
  const shape = reducedShape(x.shape, [along], false);
  return { values: reshape(values, shape), indices: indexArray(indices.data, shape) };
}

function indicesOf(
  operation: string,
  given: TensorLike,
  axis: number,
  keepDims: boolean,
  kernel: IndicesKernel,
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
  const sizes = sizesAlong(x.shape, along);
  const chosen = allocate(Int32Array, sizes[0] * sizes[2]);
  kernel(x.read(), chosen, ...sizes);
  return indexArray(chosen, reducedShape(x.shape, [along], keepDims));
}
