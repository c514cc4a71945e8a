import { clamp, greater, multiply, sqrt, square, subtract, type Tensor, type TensorLike, where } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { AdditiveMarginOptions } from './additiveMarginSoftmax.ts';
import { checkFactor, cosines, crossEntropyWithMargin, marginOptions, readFeatures } from './marginLogits.ts';
import { checkMargin } from './pairs.ts';

export interface ArcFaceOptions extends Omit<AdditiveMarginOptions, 'margin' | 'scale'> {
  /** The angle that is added to that of the right class, in radians. From 0 to π; default 0.5. */
  readonly margin?: number;
  /** What cosines are multiplied by. More than 0; default 64. */
  readonly scale?: number;
}

/** sin²θ below that counts as that: at θ = 0 the root would have no slope. */
const flattest = 1e-12;

const arcFaceOptions: OptionNames<ArcFaceOptions> = { margin: 'optional', scale: 'optional', ...marginOptions };

/**
 * ArcFace loss: loss = -ln softmax(z)_y with z_y = s·cos(θ_y + m) and z_c = s·cos θ_c for the other classes, where θ_c is the angle
 * between the features and the weight of class c. The margin is an angle on the sphere, the same everywhere.
 *
 * Where θ_y + m would be more than π, where the cosine rises again, z_y = s·(cos θ_y - m·sin m) takes over, as in the authors'
 * program.
 *
 * Gradient by cos θ_c: s·(p_c - [c = y]), with p = softmax(z), and for c = y times sin(θ_y + m)/sin θ_y = cos m + sin m·cos θ_y/sin θ_y.
 *
 * Source: Deng, Guo, Xue and Zafeiriou, "ArcFace: additive angular margin loss for deep face recognition", 2019.
 *
 * @param features `[batch, features]`: what stands before the last layer
 * @param weight `[classes, features]`, a parameter: this loss is the last layer too
 * @param target class indices `[batch]`
 * @example arcFaceLoss([[1, 1]], [[1, 0], [0, 1]], [0], { scale: 1 }) // 0.9284
 * @throws ShapeError when features and weight, or the target, do not fit
 * @throws ValueError when an option or a class index is out of range
 */
export function arcFaceLoss(
  features: TensorLike,
  weight: TensorLike,
  target: TensorLike,
  options: ArcFaceOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('arcFaceLoss', surplus);
  const { margin = 0.5, scale = 64, classWeight, ...rest } = checkOptions('arcFaceLoss', options, arcFaceOptions);
  const name = 'arcFaceLoss';
  checkMargin(name, margin, 0, Math.PI);
  checkFactor(name, 'scale', scale);
  const cosine = cosines(readFeatures(name, features, weight));
  const right = (): Tensor => {
    const sine = sqrt(clamp(subtract(1, square(cosine)), { min: flattest }));
    const turned = subtract(multiply(cosine, Math.cos(margin)), multiply(sine, Math.sin(margin)));
    const beyond = subtract(cosine, margin * Math.sin(margin));
    return multiply(scale, where(greater(cosine, Math.cos(Math.PI - margin)), turned, beyond));
  };
  return crossEntropyWithMargin(name, multiply(scale, cosine), right, target, { ...rest, weight: classWeight });
}
