import {
  add,
  divide,
  greater,
  linear,
  multiply,
  subtract,
  type Tensor,
  type TensorLike,
  transpose,
  ValueError,
} from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { crossEntropyWithMargin, lengths, type MarginOptions, marginOptions, readFeatures } from './marginLogits.ts';

export interface LargeMarginOptions extends Omit<MarginOptions, 'weight'> {
  /** By how much the angle of the right class is multiplied, a whole number from 1 to 8. Default: 2; 1 is the plain softmax. */
  readonly margin?: number;
  /** How much of the plain logit stays, against 1 of the one with a margin: 0 for none of it, large at the start. Default: 0. */
  readonly annealing?: number;
  /** One factor for each class, `[classes]`. Default: 1 for all. */
  readonly classWeight?: TensorLike;
}

const largeMarginSoftmaxOptions: OptionNames<LargeMarginOptions> = {
  margin: 'optional',
  annealing: 'optional',
  ...marginOptions,
};

/**
 * Large margin softmax loss (L-softmax): loss = -ln softmax(z)_y with z_c = ‖w_c‖·‖x‖·cos θ_c, and for the right class z_y =
 * ‖w_y‖·‖x‖·ψ(θ_y), where
 *
 * ψ(θ) = (-1)^k·cos(m·θ) - 2k for θ from k·π/m to (k + 1)·π/m
 *
 * falls from 1 to 1 - 2m without a jump: to win, the angle to the right class must be m times smaller. With an annealing of λ,
 * which the paper lets shrink while it trains, it is (λ·cos θ + ψ(θ)) / (1 + λ).
 *
 * Gradient by cos θ_c: ‖w_c‖·‖x‖·(p_c - [c = y]), for c = y times dψ/dcos θ = (-1)^k·m·sin(m·θ)/sin θ. cos(m·θ) is computed as a
 * polynomial in cos θ, cos(m·θ) = 2·cos θ·cos((m - 1)·θ) - cos((m - 2)·θ).
 *
 * Source: Liu, Wen, Yu and Yang, "Large-margin softmax loss for convolutional neural networks", 2016.
 *
 * @param features `[batch, features]`: what stands before the last layer
 * @param weight `[classes, features]`, a parameter: this loss is the last layer too
 * @param target class indices `[batch]`
 * @example largeMarginSoftmaxLoss([[3, 4]], [[1, 0], [0, 1]], [1]) // 1.7839
 * @throws ShapeError when features and weight, or the target, do not fit
 * @throws ValueError when an option or a class index is out of range
 */
export function largeMarginSoftmaxLoss(
  features: TensorLike,
  weight: TensorLike,
  target: TensorLike,
  options: LargeMarginOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('largeMarginSoftmaxLoss', surplus);
  const {
    margin = 2,
    annealing = 0,
    classWeight,
    ...rest
  } = checkOptions('largeMarginSoftmaxLoss', options, largeMarginSoftmaxOptions);
  const name = 'largeMarginSoftmaxLoss';
  checkMarginAndAnnealing(name, margin, annealing);
  const inputs = readFeatures(name, features, weight);
  const scale = multiply(lengths(inputs.features), transpose(lengths(inputs.weight)));
  const right = (logits: Tensor): Tensor => {
    const bent = multiply(scale, psi(divide(logits, scale), margin));
    return divide(add(multiply(annealing, logits), bent), 1 + annealing);
  };
  const logits = linear(inputs.features, inputs.weight);
  return crossEntropyWithMargin(name, logits, right, target, { ...rest, weight: classWeight });
}

/** ψ of the angle with that cosine. */
function psi(cosine: Tensor, margin: number): Tensor {
  let [before, multiple]: [Tensor | number, Tensor] = [1, cosine];
  for (let m = 2; m <= margin; m++)
    [before, multiple] = [multiple, subtract(multiply(multiply(2, cosine), multiple), before)];
  // Each boundary that the angle has passed takes 2 more off, and turns the cosine round.
  let value = multiple;
  let passed: Tensor | undefined;
  for (let k = 1; k < margin; k++) {
    const isBeyond = greater(Math.cos((k * Math.PI) / margin), cosine);
    value = multiply(value, subtract(1, multiply(2, isBeyond)));
    passed = passed ? add(passed, isBeyond) : isBeyond;
  }
  return passed ? subtract(value, multiply(2, passed)) : value;
}

function checkMarginAndAnnealing(operation: string, margin: number, annealing: number): void {
  if (Number.isInteger(margin) && margin >= 1 && margin <= 8 && annealing >= 0 && annealing < Infinity) return;
  throw new ValueError({
    operation,
    got: `margin is ${margin}, annealing is ${annealing}`,
    wanted: 'a whole margin from 1 to 8, and a finite annealing of at least 0',
    remedy: 'Usual are a margin of 2 to 4, and an annealing that shrinks from 1000 towards 0',
  });
}
