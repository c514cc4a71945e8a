import {
  add,
  divide,
  multiply,
  operands,
  relu,
  square,
  subtract,
  sum,
  type Tensor,
  type TensorLike,
  ValueError,
  where,
} from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type ClassRowOptions, classRowOptions, readClassRows } from './classRows.ts';
import { classAxis, readClassWeights } from './classTarget.ts';
import { type Reduction, reduceLosses } from './reduce.ts';

export interface MultiMarginOptions extends ClassRowOptions {
  /** The power of each shortfall: 1 or 2. Default: 1. */
  readonly p?: 1 | 2;
  /** How far the right class should lie above every other. Default: 1. */
  readonly margin?: number;
  /** One factor for each class, `[classes]`; that of the right class counts. Default: 1 for all. */
  readonly weight?: TensorLike;
  /** Default: the mean over the rows that count, whatever their weights. */
  readonly reduction?: Reduction;
}

const multiMarginOptions: OptionNames<MultiMarginOptions> = {
  p: 'optional',
  margin: 'optional',
  weight: 'optional',
  ...classRowOptions,
};

/**
 * Hinge loss of many classes (multi-class support vector machine): loss = Σ_{c≠y} weight_y · max(0, margin - logits_y +
 * logits_c)^p / classes, for a row of class y. Every class that comes closer to the right one than the margin costs; once
 * all stay away the row costs nothing, and nothing pulls any more, unlike with softmax cross-entropy, which never rests.
 *
 * Gradient for p = 1: weight_y / classes at each class that comes too close, and minus their number times that at y; for
 * p = 2 each is multiplied by twice its shortfall. It is 0 where the margin is met exactly. As in PyTorch.
 *
 * Source: Weston and Watkins, "Support vector machines for multi-class pattern recognition", 1999; the division by the
 * number of classes is PyTorch's.
 *
 * @param logits `[batch, classes]`, `[batch, classes, d1, …]`, or `[classes]` for a single row
 * @param target class indices `[batch, d1, …]`
 * @example multiMarginLoss([[1, 0.5, 0]], [0]) // 0.1667
 * @throws ShapeError when there is not one class index for each row, or not one weight for each class
 * @throws ValueError when a class index is out of range, p is neither 1 nor 2, or the margin is not finite
 */
export function multiMarginLoss(
  logits: TensorLike,
  target: TensorLike,
  options: MultiMarginOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('multiMarginLoss', surplus);
  const {
    p = 1,
    margin = 1,
    weight,
    reduction = 'mean',
  } = checkOptions('multiMarginLoss', options, multiMarginOptions);
  const name = 'multiMarginLoss';
  checkPowerAndMargin(name, p, margin);
  const inputs = operands(name, { logits }, { weight });
  const { shape } = inputs.logits;
  const perClass = readClassWeights(name, inputs.weight, shape[classAxis(shape)]);
  const rows = readClassRows(name, 'logits', inputs.logits, target, perClass, options);
  const right = sum(where(rows.oneHot, rows.scores, 0), { axes: rows.axis, keepDims: true });
  const shortfall = relu(add(subtract(rows.scores, right), margin));
  const ofOthers = where(rows.oneHot, 0, p === 1 ? shortfall : square(shortfall));
  const losses = multiply(rows.weights, divide(sum(ofOthers, { axes: rows.axis }), rows.classes));
  return reduceLosses(name, losses, reduction, rows.count);
}

function checkPowerAndMargin(operation: string, p: number, margin: number): void {
  if (p !== 1 && p !== 2) {
    throw new ValueError({
      operation,
      got: `p is ${p}`,
      wanted: '1 or 2',
      remedy: 'Take 1 for the hinge itself, 2 for its square',
    });
  }
  if (!Number.isFinite(margin)) {
    throw new ValueError({
      operation,
      got: `margin is ${margin}`,
      wanted: 'a finite number',
      remedy: 'Leave it out for 1',
    });
  }
}
