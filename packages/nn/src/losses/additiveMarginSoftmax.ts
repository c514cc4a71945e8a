import { multiply, subtract, type Tensor, type TensorLike } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import {
  checkFactor,
  cosines,
  crossEntropyWithMargin,
  type MarginOptions,
  marginOptions,
  readFeatures,
} from './marginLogits.ts';
import { checkMargin } from './pairs.ts';

export interface AdditiveMarginOptions extends Omit<MarginOptions, 'weight'> {
  /** How much larger the cosine of the right class must be to count as much as another. From 0 to 2; default 0.35. */
  readonly margin?: number;
  /** What cosines are multiplied by. More than 0; default 30. */
  readonly scale?: number;
  /** One factor for each class, `[classes]`. Default: 1 for all. */
  readonly classWeight?: TensorLike;
}

const additiveMarginSoftmaxOptions: OptionNames<AdditiveMarginOptions> = {
  margin: 'optional',
  scale: 'optional',
  ...marginOptions,
};

/**
 * Additive margin softmax loss (AM-softmax, CosFace): loss = -ln softmax(z)_y with z_y = s·(cos θ_y - m) and z_c = s·cos θ_c for the
 * other classes, where θ_c is the angle between the features and the weight of class c. Only the direction counts, and the right
 * one has to win by the margin m.
 *
 * Gradient by cos θ_c: s·(p_c - [c = y]), with p = softmax(z); the margin moves p alone.
 *
 * Source: Wang, Cheng, Liu and Liu, "Additive margin softmax for face verification", 2018, with s = 30 and m = 0.35; Wang and
 * others, "CosFace", 2018, the same loss with s = 64.
 *
 * @param features `[batch, features]`: what stands before the last layer
 * @param weight `[classes, features]`, a parameter: this loss is the last layer too
 * @param target class indices `[batch]`
 * @example additiveMarginSoftmaxLoss([[1, 1]], [[1, 0], [0, 1]], [0], { scale: 1 }) // 0.8834
 * @throws ShapeError when features and weight, or the target, do not fit
 * @throws ValueError when an option or a class index is out of range
 */
export function additiveMarginSoftmaxLoss(
  features: TensorLike,
  weight: TensorLike,
  target: TensorLike,
  options: AdditiveMarginOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('additiveMarginSoftmaxLoss', surplus);
  const {
    margin = 0.35,
    scale = 30,
    classWeight,
    ...rest
  } = checkOptions('additiveMarginSoftmaxLoss', options, additiveMarginSoftmaxOptions);
  const name = 'additiveMarginSoftmaxLoss';
  checkMargin(name, margin, 0, 2);
  checkFactor(name, 'scale', scale);
  const logits = multiply(scale, cosines(readFeatures(name, features, weight)));
  const right = (z: Tensor): Tensor => subtract(z, scale * margin);
  return crossEntropyWithMargin(name, logits, right, target, { ...rest, weight: classWeight });
}
