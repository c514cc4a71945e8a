import {
  clamp,
  divide,
  formatShape,
  matmul,
  operands,
  ShapeError,
  sqrt,
  square,
  sum,
  type Tensor,
  type TensorLike,
  transpose,
  ValueError,
  where,
} from '@tapegrad/core';
import { classRowOptions, readClassRows } from './classRows.ts';
import { type SoftmaxCrossEntropyOptions, softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

/** A row shorter than that has no direction. */
const shortest = 1e-12;

/** The length ‖x‖ of each row, `[rows, 1]`; at least 1e-12, from where on it has no slope. */
export function lengths(x: Tensor): Tensor {
  return sqrt(clamp(sum(square(x), { axes: 1, keepDims: true }), { min: shortest ** 2 }));
}

/** Each row divided by its length. */
export function unitRows(x: Tensor): Tensor {
  return divide(x, lengths(x));
}

/** Features `[batch, features]` and a weight `[classes, features]`, checked to fit. */
export interface FeaturesAndWeight {
  readonly features: Tensor;
  readonly weight: Tensor;
}

/**
 * The operands of a loss that has the last layer in it.
 *
 * @throws ShapeError when they are no matrices, or have different numbers of features
 */
export function readFeatures(operation: string, features: TensorLike, weight: TensorLike): FeaturesAndWeight {
  const inputs = operands(operation, { features, weight });
  const [x, w] = [inputs.features.shape, inputs.weight.shape];
  if (x.length === 2 && w.length === 2 && x[1] === w[1]) return inputs;
  throw new ShapeError({
    operation,
    got: `features are ${formatShape(x)}, weight is ${formatShape(w)}`,
    wanted: 'features [batch, features] and a weight [classes, features]',
    remedy: 'This loss is the last layer too: give it what stands before the logits, and a weight of its own',
  });
}

/** cos θ between each example and the weight of each class, `[batch, classes]`. */
export function cosines({ features, weight }: FeaturesAndWeight): Tensor {
  return matmul(unitRows(features), transpose(unitRows(weight)));
}

/**
 * The softmax cross-entropy of logits with a margin: the logit of the right class of each row is replaced by that of
 * `right(logits)`.
 */
export function crossEntropyWithMargin(
  operation: string,
  logits: Tensor,
  right: (logits: Tensor) => Tensor,
  target: TensorLike,
  options: MarginOptions,
): Tensor {
  const { oneHot } = readClassRows(operation, 'logits', logits, target, undefined, {
    ignoreIndex: options.ignoreIndex,
  });
  return softmaxCrossEntropy(where(oneHot, right(logits), logits), target, options);
}

/** The options of `softmaxCrossEntropy`, but for the smoothing of labels, which has no margin to keep. */
export type MarginOptions = Omit<SoftmaxCrossEntropyOptions, 'labelSmoothing'>;

/** The names of what they have in common, with `classWeight` for the weights of classes. */
export const marginOptions = { classWeight: 'optional', ...classRowOptions } as const;

/** Throws a ValueError unless a factor is a finite number greater than 0. */
export function checkFactor(operation: string, name: string, factor: number): void {
  if (factor > 0 && factor < Infinity) return;
  throw new ValueError({
    operation,
    got: `${name} is ${factor}`,
    wanted: 'a finite number greater than 0',
    remedy: 'Leave it out for the default',
  });
}
