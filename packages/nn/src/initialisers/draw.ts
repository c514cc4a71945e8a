import { type DataType, type Random, type Shape, type Tensor, tensor } from '@tapegrad/core';
import { allocate, type OptionNames, sizeOf } from '@tapegrad/core/authors';

/** What every initialiser wants to know. */
export interface InitialiserOptions {
  /** The shape of the weight: `[out, in]` or `[out, in / groups, ...kernel]`. */
  readonly shape: Shape;
  /** Where the numbers come from. */
  readonly random: Random;
  /** Default: float32. */
  readonly dtype?: DataType;
}

export const initialiserOptions: OptionNames<InitialiserOptions> = {
  shape: 'required',
  random: 'required',
  dtype: 'optional',
};

/** A way to make the first weights of a layer. */
export type Initialiser = (options: InitialiserOptions) => Tensor;

/** A tensor of numbers drawn one by one, in row-major order. */
export function drawn({ shape, dtype = 'float32' }: InitialiserOptions, next: () => number): Tensor {
  return tensor(allocate(Float64Array, sizeOf(shape)).map(next), { shape, dtype });
}
