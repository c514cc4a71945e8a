import type { OptionNames } from '../options/index.ts';
import type { TensorLike } from '../tensor/create.ts';
import type { Tensor } from '../tensor/tensor.ts';

export interface GradientOptions {
  /**
   * What to differentiate by. Default: every parameter and watched tensor of the tape. Any tensor of the tape may be
   * named, an intermediate one such as the logits too.
   */
  readonly withRespectTo?: readonly Tensor[];
  /** Writes the way back onto the tape too, so that the gradients can be differentiated again. Default: false. */
  readonly differentiable?: boolean;
  /** ∂L/∂output for an output that is not one number: a tensor, or numbers of its shape. Default: 1, for an output that is. */
  readonly cotangent?: TensorLike;
  /** What to do about a NaN or infinite output, or a NaN among the gradients: throw an error, or go on with it. Default: `throw`. */
  readonly nonFinite?: 'throw' | 'allow';
}

/** Those of `stepBackward`, which writes nothing on the tape. */
export const stepBackwardOptions: OptionNames<Omit<GradientOptions, 'differentiable'>> = {
  withRespectTo: 'optional',
  cotangent: 'optional',
  nonFinite: 'optional',
};

export const gradientOptions: OptionNames<GradientOptions> = {
  withRespectTo: 'optional',
  differentiable: 'optional flag',
  cotangent: 'optional',
  nonFinite: 'optional',
};
