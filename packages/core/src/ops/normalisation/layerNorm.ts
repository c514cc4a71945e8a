import { ShapeError } from '../../errors.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { formatShape, reducedShape, resolveAxes, type Shape, sameShape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import { scaleAndShift } from './perChannel.ts';
import { checkEpsilon, standardise } from './standardise.ts';

export interface LayerNormOptions {
  /** The axes that are normalised together, such as `[-3, -2, -1]`. Default: the last. */
  readonly axes?: number | readonly number[];
  /** What each element of these axes is multiplied by, in the shape of these axes alone. Default: 1. */
  readonly weight?: TensorLike | undefined;
  /** What is then added to each element of these axes, in the same shape. Default: 0. */
  readonly bias?: TensorLike | undefined;
  /** What is added to the variance. Default: 1e-5. */
  readonly epsilon?: number;
}

const layerNormOptions: OptionNames<LayerNormOptions> = {
  axes: 'optional',
  weight: 'optional',
  bias: 'optional',
  epsilon: 'optional',
};

/**
 * y = (x - mean) / √(variance + epsilon)·weight + bias, with the mean and the biased variance over `axes`, for each position
 * of the other axes by itself: no example of a batch sees another.
 *
 * Source: Ba, Kiros and Hinton, "Layer Normalization", 2016.
 *
 * @param x any shape
 * @returns the shape of x
 * @example layerNorm([[1, 2, 3]]) // [[-1.2247, 0, 1.2247]]
 * @throws ShapeError when an axis is not there, or weight or bias has another shape than these axes
 * @throws ValueError when epsilon is not a number of at least 0
 */
export function layerNorm(x: TensorLike, options: LayerNormOptions = {}, ...surplus: []): Tensor {
  checkSurplus('layerNorm', surplus);
  const { axes = -1, weight, bias, epsilon = 1e-5 } = checkOptions('layerNorm', options, layerNormOptions);
  checkEpsilon('layerNorm', epsilon);
  const inputs = operands('layerNorm', { x }, { weight, bias });
  const { shape, rank } = inputs.x;
  const over = resolveAxes('layerNorm', axes, rank);
  const others = shape.flatMap((_, axis) => (over.includes(axis) ? [] : [axis]));
  const own = reducedShape(shape, others, false);
  const broadcastable = reducedShape(shape, others, true);
  const fitted = (name: string, numbers: Tensor | undefined): Tensor | undefined => {
    if (numbers && !sameShape(numbers.shape, own)) throw misfit(name, numbers.shape, shape, over, own);
    return numbers && reshape(numbers, broadcastable);
  };
  const [scale, shift] = [fitted('weight', inputs.weight), fitted('bias', inputs.bias)];
  return scaleAndShift(standardise(inputs.x, { axes: over, epsilon }).output, scale, shift);
}

function misfit(name: string, got: Shape, x: Shape, axes: readonly number[], wanted: Shape): ShapeError {
  return new ShapeError({
    operation: 'layerNorm',
    got: `${name} is ${formatShape(got)}, x is ${formatShape(x)} normalised over axes [${axes.join(', ')}]`,
    wanted: `${name} of shape ${formatShape(wanted)}, the lengths of these axes`,
    remedy: 'Check the axes; negative ones count from the end',
  });
}
