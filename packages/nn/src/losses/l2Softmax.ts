import { linear, multiply, type Tensor, type TensorLike } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkFactor, marginOptions, readFeatures, unitRows } from './marginLogits.ts';
import { type SoftmaxCrossEntropyOptions, softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

export interface L2SoftmaxOptions extends Omit<SoftmaxCrossEntropyOptions, 'weight'> {
  /** The length that all features are brought to, the paper's α. More than 0; default 16. */
  readonly scale?: number;
  /** One number for each class, `[classes]`. Default: none. */
  readonly bias?: TensorLike;
  /** One factor for each class, `[classes]`. Default: 1 for all. */
  readonly classWeight?: TensorLike;
}

const l2SoftmaxOptions: OptionNames<L2SoftmaxOptions> = {
  scale: 'optional',
  bias: 'optional',
  labelSmoothing: 'optional',
  ...marginOptions,
};

/**
 * L2-constrained softmax loss: loss = -ln softmax(W·α·x/‖x‖ + b)_y, for features x of class y. All examples lie on a sphere of
 * radius α, so that a clear picture cannot buy a small loss by long features, nor a blurred one be given up on.
 *
 * Gradient by the logits: p - y; by the features α/‖x‖·(g - (g·u)·u), with u = x/‖x‖ and g = Wᵀ(p - y): at a right angle to x, so
 * that its length stays.
 *
 * The radius must be large enough for p_y to come near 1: α ≥ ln(p·(classes - 2) / (1 - p)) for an average probability p.
 *
 * Source: Ranjan, Castillo and Chellappa, "L2-constrained softmax loss for discriminative face verification", 2017.
 *
 * @param features `[batch, features]`: what stands before the last layer
 * @param weight `[classes, features]`, a parameter: this loss is the last layer too
 * @param target class indices `[batch]`, or probabilities `[batch, classes]`
 * @example l2SoftmaxLoss([[3, 4]], [[1, 0], [0, 1]], [1], { scale: 1 }) // 0.5981
 * @throws ShapeError when features and weight, or the target, do not fit
 * @throws ValueError when the scale is not a finite number greater than 0, or a class index or an option is out of range
 */
export function l2SoftmaxLoss(
  features: TensorLike,
  weight: TensorLike,
  target: TensorLike,
  options: L2SoftmaxOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('l2SoftmaxLoss', surplus);
  const { scale = 16, bias, classWeight, ...rest } = checkOptions('l2SoftmaxLoss', options, l2SoftmaxOptions);
  checkFactor('l2SoftmaxLoss', 'scale', scale);
  const inputs = readFeatures('l2SoftmaxLoss', features, weight);
  const logits = linear(multiply(scale, unitRows(inputs.features)), inputs.weight, { bias });
  return softmaxCrossEntropy(logits, target, { ...rest, weight: classWeight });
}
