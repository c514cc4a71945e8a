import { reshape, type Shape, type Tensor } from '@tapegrad/core';
import { operationLayer } from './operationLayer.ts';

export interface ReshapeOptions {
  /** The shape of each example, without the batch axis; one length may be -1, and is then worked out. */
  readonly shape: Shape;
}

/**
 * Reads the numbers of each example by another shape, in row-major order: `[batch, ...inputShape]` to `[batch, ...shape]`. With
 * it images come out of a Dense layer: `new Reshape({ shape: [32, 7, 7] })`. Flatten is its way back.
 */
export class Reshape extends operationLayer<ReshapeOptions>(
  { type: 'Reshape', kind: 'reshape', options: { shape: 'required list' } },
  (x: Tensor, { shape }) => reshape(x, [x.shape[0], ...shape]),
) {}
