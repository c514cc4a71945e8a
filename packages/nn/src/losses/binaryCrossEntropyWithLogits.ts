import {
  add,
  formatShape,
  multiply,
  negate,
  operands,
  ShapeError,
  softplus,
  subtract,
  type Tensor,
  type TensorLike,
  ValueError,
} from '@tapegrad/core';
import { broadcastShapes, checkOptions, checkSurplus, type OptionNames, sameShape } from '@tapegrad/core/authors';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { checkOneShape } from './oneShape.ts';
import type { Reduction } from './reduce.ts';

export interface BinaryCrossEntropyOptions extends LossOptions {
  /** A factor for each loss; broadcasts to the logits. Default: 1. */
  readonly weight?: TensorLike;
  /** A factor for the part of the target that says yes, against rare ones; broadcasts to the logits. Default: 1. */
  readonly posWeight?: TensorLike;
  /** Default: the mean over all elements, which divides by the sum of example weights, but not by that of `weight`. */
  readonly reduction?: Reduction;
}

const binaryCrossEntropyOptions: OptionNames<BinaryCrossEntropyOptions> = {
  weight: 'optional',
  posWeight: 'optional',
  ...lossOptions,
};

/** -ln σ(x) = softplus(-x), to the last digit also where it is nearly x. */
const exact = { threshold: Infinity };

/**
 * Binary cross-entropy: loss = -weight·(posWeight·t·ln σ(x) + (1 - t)·ln(1 - σ(x))), element by element, for logits x and
 * targets t. Many questions answered with yes or no, each by itself. The logits go in as they are: the sigmoid is part of
 * the loss, which is computed as posWeight·t·softplus(-x) + (1 - t)·softplus(x), where nothing overflows.
 *
 * Gradient, without weights: σ(x) - t, what the model believes, less what is true. As in PyTorch.
 *
 * Source: Cox, "The regression analysis of binary sequences", 1958.
 *
 * @param logits of any shape
 * @param target of the same shape, from 0 to 1
 * @example binaryCrossEntropyWithLogits([2, -1], [1, 0]) // 0.2201
 * @throws ShapeError when the shapes differ, or a weight does not broadcast to them
 * @throws ValueError when a target lies outside 0 to 1
 */
export function binaryCrossEntropyWithLogits(
  logits: TensorLike,
  target: TensorLike,
  options: BinaryCrossEntropyOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('binaryCrossEntropyWithLogits', surplus);
  const { weight, posWeight } = checkOptions('binaryCrossEntropyWithLogits', options, binaryCrossEntropyOptions);
  const name = 'binaryCrossEntropyWithLogits';
  const inputs = operands(name, { logits, target }, { weight, posWeight });
  checkOneShape(name, { logits: inputs.logits, target: inputs.target });
  checkBroadcasts(name, inputs.logits, { weight: inputs.weight, posWeight: inputs.posWeight });
  checkShares(name, inputs.target);
  const yes = multiply(inputs.target, softplus(negate(inputs.logits), exact));
  const no = multiply(subtract(1, inputs.target), softplus(inputs.logits, exact));
  const losses = add(inputs.posWeight ? multiply(inputs.posWeight, yes) : yes, no);
  return reduceWeighed(name, inputs.weight ? multiply(inputs.weight, losses) : losses, options);
}

function checkBroadcasts(operation: string, logits: Tensor, weights: Record<string, Tensor | undefined>): void {
  for (const [name, weight] of Object.entries(weights)) {
    if (!weight) continue;
    if (sameShape(broadcastShapes(operation, { logits: logits.shape, [name]: weight.shape }), logits.shape)) continue;
    throw new ShapeError({
      operation,
      got: `logits are ${formatShape(logits.shape)}, ${name} is ${formatShape(weight.shape)}`,
      wanted: `a ${name} that broadcasts to the logits`,
      remedy: 'Give it the shape of the logits, or 1 along axes over which it does not change',
    });
  }
}

/** How far outside 0 to 1 a target may lie by rounding, as one that was mixed of others may. */
const slack = 1e-6;

/** Throws a ValueError unless each number of a target lies between 0 and 1. */
export function checkShares(operation: string, target: Tensor): void {
  const numbers = target.read();
  const wrong = numbers.findIndex((number) => !(number >= -slack && number <= 1 + slack));
  if (wrong === -1) return;
  throw new ValueError({
    operation,
    got: `target[${wrong}] is ${numbers[wrong]}`,
    wanted: 'numbers from 0 to 1',
    remedy: numbers.every((number) => Math.abs(number) === 1)
      ? 'Targets of ±1 belong to `hingeLoss`; here use `multiply(0.5, add(target, 1))`'
      : 'Give 1 for yes and 0 for no; class indices belong to `softmaxCrossEntropy`',
  });
}
