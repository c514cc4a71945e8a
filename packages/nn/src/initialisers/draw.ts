import { type DataType, formatShape, type Random, type Shape, ShapeError, type Tensor, tensor } from '@tapegrad/core';
import { allocate, checkFunction, checkTensor, type OptionNames, sameShape, sizeOf } from '@tapegrad/core/authors';

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

/**
 * The first numbers of a parameter.
 *
 * @throws DataTypeError when the initialiser is no function, or gives no tensor, and ShapeError when its shape is another
 */
export function firstNumbers(name: string, initialiser: Initialiser, options: InitialiserOptions): Tensor {
  const remedy =
    'Give a function such as `kaimingNormal` or `constantInitialiser(0)`, which is handed { shape, random, dtype }';
  checkFunction(name, 'the initialiser', initialiser, remedy);
  const numbers = initialiser(options);
  checkTensor(name, 'what the initialiser gives', numbers, remedy);
  if (sameShape(numbers.shape, options.shape)) return numbers;
  throw new ShapeError({
    operation: name,
    got: `what the initialiser gives is ${formatShape(numbers.shape)}`,
    wanted: formatShape(options.shape),
    remedy,
  });
}

/** A tensor of numbers drawn one by one, in row-major order. */
export function drawn({ shape, dtype = 'float32' }: InitialiserOptions, next: () => number): Tensor {
  return tensor(allocate(Float64Array, sizeOf(shape)).map(next), { shape, dtype });
}
