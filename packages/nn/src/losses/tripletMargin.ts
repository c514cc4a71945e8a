import {
  abs,
  add,
  minimum,
  relu,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  type TensorLike,
  ValueError,
} from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { checkMargin, readVectors } from './pairs.ts';

export interface TripletMarginOptions extends LossOptions {
  /** How much further away the negative should be than the positive. At least 0; default 1. */
  readonly margin?: number;
  /** Of which norm distances are: 1 for the sum of absolute differences, 2 for the root of squares. Default: 2. */
  readonly p?: 1 | 2;
  /** Whether the distance from positive to negative counts instead, where it is smaller than that from the anchor. Default: false. */
  readonly swap?: boolean;
}

/** What is added to each difference, so that the distance of two that are equal has a slope. As in PyTorch. */
const epsilon = 1e-6;

const tripletMarginOptions: OptionNames<TripletMarginOptions> = {
  margin: 'optional',
  p: 'optional',
  swap: 'optional flag',
  ...lossOptions,
};

/**
 * Triplet loss: loss = max(0, d(anchor, positive) - d(anchor, negative) + margin), one for each triplet, with d(a, b) =
 * ‖a - b + ε‖_p. An example should be nearer to one of its own kind than to one of another kind, by the margin; once it is,
 * nothing pulls.
 *
 * Gradient, where the loss is above 0, for p = 2, with u = (a - p)/‖a - p‖ and v = (a - n)/‖a - n‖: by the anchor u - v, by the
 * positive -u, by the negative v. As PyTorch's `triplet_margin_loss`.
 *
 * Source: Schroff, Kalenichenko and Philbin, "FaceNet", 2015, there with squared distances; `swap`: Balntas, Riba, Ponsa and
 * Mikolajczyk, 2016.
 *
 * @param anchor `[batch, features]`
 * @param positive `[batch, features]`, of the kind of the anchor
 * @param negative `[batch, features]`, of another kind
 * @example tripletMarginLoss([[0, 0]], [[0, 1]], [[0, 1.5]]) // 0.5
 * @throws ShapeError when the shapes differ
 * @throws ValueError when the margin is negative or infinite, or p is neither 1 nor 2
 */
export function tripletMarginLoss(
  anchor: TensorLike,
  positive: TensorLike,
  negative: TensorLike,
  options: TripletMarginOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('tripletMarginLoss', surplus);
  const { margin = 1, p = 2, swap = false } = checkOptions('tripletMarginLoss', options, tripletMarginOptions);
  const name = 'tripletMarginLoss';
  checkMargin(name, margin, 0, Infinity);
  checkNorm(name, p);
  const of = readVectors(name, { anchor, positive, negative });
  const near = distance(of.anchor, of.positive, p);
  const far = distance(of.anchor, of.negative, p);
  const other = swap ? minimum(far, distance(of.positive, of.negative, p)) : far;
  return reduceWeighed(name, relu(add(subtract(near, other), margin)), options);
}

function distance(a: Tensor, b: Tensor, p: 1 | 2): Tensor {
  const difference = add(subtract(a, b), epsilon);
  return p === 1 ? sum(abs(difference), { axes: 1 }) : sqrt(sum(square(difference), { axes: 1 }));
}

function checkNorm(operation: string, p: number): void {
  if (p === 1 || p === 2) return;
  throw new ValueError({
    operation,
    got: `p is ${p}`,
    wanted: '1 or 2',
    remedy: 'Take 2 for the usual distance, 1 for the sum of absolute differences',
  });
}
