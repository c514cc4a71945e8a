import type { ChosenIndices } from '../ops/pooling/chosenIndices.ts';
import type { MaxPoolGradientDetails } from '../ops/pooling/maxPool2d.ts';
import type { Entry, Tensor } from '../tensor/tensor.ts';

/**
 * What a cotangent is right behind a max pooling, seen from the loss: zeros, but for the elements that the pooling chose.
 * Each number of `g`, the cotangent of the pooling's output, belongs to the element of index `chosen`; to none where that
 * is negative.
 */
export interface PooledCotangent {
  readonly g: Tensor;
  readonly chosen: ChosenIndices;
  /** The output of the pooling, which has to be computed before its choice is known. */
  readonly pooled: Tensor;
  /** The gradients between, which are not written out. */
  readonly inner: readonly Tensor[];
}

/** Reads a cotangent as the gradient of a max pooling, or of a relu with a max pooling behind it; `null` if it is neither. */
export function asPooled(cotangent: Tensor): PooledCotangent | null {
  const { operation, inputs } = cotangent.entry ?? {};
  if (operation === 'maxPool2dGradient') {
    const found = throughPooling(cotangent);
    // Where the pooling was over a relu, the indices say where that is shut; the cotangent has not passed it yet.
    return found.pooled.entry?.inputs.x.entry?.operation === 'relu' ? null : found;
  }
  if (operation !== 'reluGradient' || inputs?.g.entry?.operation !== 'maxPool2dGradient') return null;
  const found = throughPooling(inputs.g);
  const isOverThisRelu = found.pooled.entry?.inputs.x === inputs.y && inputs.y.entry?.operation === 'relu';
  return isOverThisRelu ? { ...found, inner: [cotangent, ...found.inner] } : null;
}

function throughPooling(gradient: Tensor): PooledCotangent {
  const { inputs, details } = gradient.entry as Entry;
  const { pooled, chosen } = details as MaxPoolGradientDetails;
  return { g: inputs.g, chosen, pooled, inner: [gradient] };
}

/** How many numbers a plane of the pooling's output has. */
export function pooledPlane({ pooled }: PooledCotangent): number {
  return pooled.shape[2] * pooled.shape[3];
}
