import type { NdArray } from 'ndarray';
import { operands } from '../tape/record.ts';
import type { TensorLike } from '../tensor/create.ts';
import { indexArray } from '../tensor/indices.ts';
import { reducedShape, resolveAxis } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type AlongOptions, argMax, argMin } from './argExtremes.ts';
import { gather } from './gather.ts';
import { reshape } from './reshape.ts';

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
  const inputs = operands('maxAlong', { x });
  return chosen(inputs.x, resolveAxis('maxAlong', axis, inputs.x.rank), keepDims, argMax);
}

/**
 * values = the smallest x along `axis`, places = where it stands: the first of equals, or the first NaN. All of the
 * gradient goes to the one that was chosen, as in PyTorch; `min` shares it among equals.
 *
 * @throws ShapeError when the axis has no numbers
 */
export function minAlong(x: TensorLike, axis: number, { keepDims = false }: AlongOptions = {}): Chosen {
  const inputs = operands('minAlong', { x });
  return chosen(inputs.x, resolveAxis('minAlong', axis, inputs.x.rank), keepDims, argMin);
}

function chosen(x: Tensor, axis: number, keepDims: boolean, choose: typeof argMax): Chosen {
  const places = choose(x, axis, { keepDims: true });
  const values = gather(x, axis, places);
  if (keepDims) return { values, places };
  const shape = reducedShape(x.shape, [axis], false);
  return { values: reshape(values, shape), places: indexArray(places.data, shape) };
}
