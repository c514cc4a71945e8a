import { Tape, TapeError, type Tensor, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, checkTensor, type OptionNames } from '@tapegrad/core/authors';
import type { FormulaTable } from '@tapegrad/core/formulas';
import { derive } from './derive.ts';
import type { Explanation } from './explanation.ts';

export interface ExplainOptions {
  /** The largest Jacobian that is shown in full, in entries; of larger ones there is the product alone. Default: 64. */
  readonly jacobianLimit?: number;
  /** How many numbers of each tensor are kept, at least 1; Infinity keeps all. Default: 1000. */
  readonly limit?: number;
  /**
   * Up to how many numbers in the inputs and the output of an op it is computed a second time, in elementary steps; 0 for
   * never. Default: 10000.
   */
  readonly longFormLimit?: number;
  /** What to differentiate by. Default: every parameter and watched tensor of the tape. */
  readonly withRespectTo?: readonly Tensor[];
  /** ∂L/∂loss for a loss that is not one number. Default: 1, for one that is. */
  readonly cotangent?: Tensor;
  /** The formulas of your own ops, by their names on the tape; they go before those of ours. Default: none. */
  readonly formulas?: FormulaTable;
}

const explainOptions: OptionNames<ExplainOptions> = {
  jacobianLimit: 'optional',
  limit: 'optional',
  longFormLimit: 'optional',
  withRespectTo: 'optional',
  cotangent: 'optional',
  formulas: 'optional',
};

/**
 * The derivation of the gradients of a recorded loss, as a textbook has it. It walks back from the loss one step at a time,
 * and tells for each step: the formula of the op, its local derivative by each input as a formula and in numbers, the
 * cotangent that arrived, the product that is passed on, who receives it, and the sum where a value was used more than once.
 * An op that does many steps at once is computed a second time in elementary ones, to show that both agree.
 *
 * Everything is computed now, from the tape; nothing is written there, but what is computed takes memory of the tape until
 * that ends. The explanation outlives it.
 *
 * @example
 * using tape = new Tape();
 * const logits = tape.watch(tensor([3, 1, -3], { dtype: 'float64' }), 'logits');
 * console.log(explanationToText(explain(softmaxCrossEntropyRows(logits, [1, 0, 0]))));
 *
 * @param loss on a tape; NaN and infinities are explained too
 * @throws TapeError when the loss is not on a tape, the tape has ended, nothing wanted leads to it, or a parameter was
 * changed since
 * @throws ShapeError when the loss is not one number and no cotangent is given, or the cotangent has another shape
 * @throws DataTypeError when the cotangent has another type
 * @throws ValueError when a limit is not a whole number, or too small
 */
export function explain(loss: Tensor, options: ExplainOptions = {}, ...surplus: []): Explanation {
  checkSurplus('explain', surplus);
  const {
    jacobianLimit = 64,
    limit = 1000,
    longFormLimit = 10000,
    withRespectTo,
    cotangent,
    formulas,
  } = checkOptions('explain', options, explainOptions);
  checkLimit('jacobianLimit', jacobianLimit, 0);
  checkLimit('limit', limit, 1);
  checkLimit('longFormLimit', longFormLimit, 0);
  checkTensor('explain', 'the loss', loss, 'Compute it from tensors of a tape');
  const { tape } = loss;
  if (!(tape instanceof Tape)) throw notRecorded(loss);
  return derive(tape, loss, { jacobianLimit, limit, longFormLimit, withRespectTo, cotangent, formulas }, 'v');
}

function checkLimit(name: string, limit: number, least: number): void {
  if (limit === Infinity || (Number.isSafeInteger(limit) && limit >= least)) return;
  throw new ValueError({
    operation: 'explain',
    got: `${name} is ${limit}`,
    wanted: `a whole number of at least ${least}, or Infinity`,
    remedy: 'Leave it out for the default',
  });
}

function notRecorded(loss: Tensor): TapeError {
  return new TapeError({
    operation: 'explain',
    got: `a loss of shape [${loss.shape.join(', ')}] that no tape recorded`,
    wanted: 'a loss computed from tensors of a tape',
    remedy: 'Bring what it is computed from onto one first: `tape.watch(x)`, `tape.constant(images)`',
  });
}
