import { abs, add, multiply, operands, square, sum, type Tensor, ValueError } from '@tapegrad/core';
import { checkList, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';

export interface PenaltyOptions {
  /** What the sum is multiplied by: at least 0, usually 1e-6 to 1e-2. */
  readonly factor: number;
}

const penaltyOptions: OptionNames<PenaltyOptions> = { factor: 'required' };

/**
 * L1 penalty: penalty = factor·Σ |w| over all numbers of all parameters, a term to add to a loss. Every weight is pulled
 * towards 0 by the same force, factor·sign(w), whatever its size, so that those which are of no use come to lie at 0. Slope
 * 0 at the kink at 0, as in PyTorch.
 *
 * Source: Tibshirani, "Regression shrinkage and selection via the lasso", 1996.
 *
 * @example l1Penalty([new Parameter('w', tensor([3, -4]))], { factor: 0.1 }) // 0.7
 * @throws ValueError when there are no parameters, or the factor is negative or not finite
 */
export function l1Penalty(parameters: readonly Tensor[], options: PenaltyOptions, ...surplus: []): Tensor {
  checkSurplus('l1Penalty', surplus);
  const { factor } = checkOptions('l1Penalty', options, penaltyOptions);
  return penalty('l1Penalty', parameters, factor, abs);
}

/**
 * L2 penalty: penalty = factor·Σ w² over all numbers of all parameters, a term to add to a loss. Weights are pulled towards
 * 0 the harder the larger they are: gradient 2·factor·w. An optimiser's `weightDecay` of λ pulls by λ·w, and so is, with
 * SGD, the penalty of the factor λ/2.
 *
 * Source: Hoerl and Kennard, "Ridge regression", 1970.
 *
 * @example l2Penalty([new Parameter('w', tensor([3, -4]))], { factor: 0.1 }) // 2.5
 * @throws ValueError when there are no parameters, or the factor is negative or not finite
 */
export function l2Penalty(parameters: readonly Tensor[], options: PenaltyOptions, ...surplus: []): Tensor {
  checkSurplus('l2Penalty', surplus);
  const { factor } = checkOptions('l2Penalty', options, penaltyOptions);
  return penalty('l2Penalty', parameters, factor, square);
}

function penalty(
  operation: string,
  parameters: readonly Tensor[],
  factor: number,
  cost: (x: Tensor) => Tensor,
): Tensor {
  if (!(factor >= 0 && factor < Infinity)) {
    throw new ValueError({
      operation,
      got: `factor is ${factor}`,
      wanted: 'a finite number of at least 0',
      remedy: 'Usual values are 1e-6 to 1e-2',
    });
  }
  checkList(operation, 'parameters', parameters, {
    wanted: 'a list of tensors',
    remedy: 'Hand over `model.parameters`',
  });
  if (parameters.length === 0) {
    throw new ValueError({
      operation,
      got: 'no parameters',
      wanted: 'at least one',
      remedy: 'Hand over `model.parameters`, once the model is built',
    });
  }
  // Refuses two types, and tensors of two tapes, by the name that they have here.
  operands(operation, Object.fromEntries(Array.from(parameters, (parameter, at) => [`parameters[${at}]`, parameter])));
  const total = parameters.map((parameter) => sum(cost(parameter))).reduce((all, one) => add(all, one));
  return multiply(factor, total);
}
