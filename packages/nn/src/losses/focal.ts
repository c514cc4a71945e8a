import {
  exp,
  formatShape,
  logSumExp,
  multiply,
  negate,
  operands,
  ShapeError,
  softplus,
  subtract,
  sum,
  type Tensor,
  type TensorLike,
  ValueError,
  where,
} from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames, sameShape } from '@tapegrad/core/authors';
import { type ClassRowOptions, classRowOptions, readClassRows } from './classRows.ts';
import { classAxis } from './classTarget.ts';
import { type Reduction, reduceLosses } from './reduce.ts';

export interface FocalOptions extends ClassRowOptions {
  /** How much the easy rows are turned down. At least 0; default 2. With 0 it is the softmax cross-entropy. */
  readonly gamma?: number;
  /** One factor for each class, `[classes]`; that of the right class counts. Default: 1 for all. */
  readonly alpha?: TensorLike;
  /** Default: the mean over the rows that count, whatever their α. */
  readonly reduction?: Reduction;
}

const focalOptions: OptionNames<FocalOptions> = {
  gamma: 'optional',
  alpha: 'optional',
  ...classRowOptions,
};

/**
 * Focal loss, in its softmax form: loss = -α_y · (1 - p_y)^γ · ln p_y with p = softmax(logits), for a row of class y.
 * Cross-entropy, turned down where the model is right already, so that many easy rows do not drown the few hard ones.
 *
 * Gradient by logit c: α_y·(1 - p_y)^γ·(1 - γ·p_y·ln p_y / (1 - p_y)) · (p_c - [c = y]): cross-entropy's p - y, scaled.
 * No digit is lost where p_y is nearly 1: with z = ln Σ e^x over the other classes, less the right one's logit, 1 - p_y is σ(z),
 * and -ln p_y = ln(1 + e^z).
 *
 * The paper writes it for two classes with a sigmoid. That is the case of the logits [0, x], whose softmax is [1 - σ(x),
 * σ(x)], and the paper's α and 1 - α are `alpha: [1 - α, α]`.
 *
 * Source: Lin, Goyal, Girshick, He and Dollár, "Focal loss for dense object detection", 2017.
 *
 * @param logits `[batch, classes]`, `[batch, classes, d1, …]`, or `[classes]` for a single row
 * @param target class indices `[batch, d1, …]`
 * @example focalLoss([[1, 0]], [0]) // 0.0227
 * @throws ShapeError when there is not one class index for each row, or not one α for each class
 * @throws ValueError when a class index is out of range, or γ is negative or infinite
 */
export function focalLoss(logits: TensorLike, target: TensorLike, options: FocalOptions = {}, ...surplus: []): Tensor {
  checkSurplus('focalLoss', surplus);
  const { gamma = 2, alpha, reduction = 'mean' } = checkOptions('focalLoss', options, focalOptions);
  const name = 'focalLoss';
  checkGamma(name, gamma);
  const inputs = operands(name, { logits }, { alpha });
  const perClass = readAlpha(name, inputs.alpha, inputs.logits);
  const rows = readClassRows(name, 'logits', inputs.logits, target, perClass, options);
  // z = ln Σ e^x over the other classes, less the logit of the right one: 1 - p_y = σ(z), whose logarithm loses no digits.
  const others = logSumExp(where(rows.oneHot, -Infinity, rows.scores), { axes: rows.axis });
  const z = subtract(others, sum(where(rows.oneHot, rows.scores, 0), { axes: rows.axis }));
  const cost = softplus(z, { threshold: Infinity });
  if (gamma === 0) return reduceLosses(name, multiply(rows.weights, cost), reduction, rows.count);
  const focus = exp(multiply(-gamma, softplus(negate(z), { threshold: Infinity })));
  return reduceLosses(name, multiply(multiply(rows.weights, focus), cost), reduction, rows.count);
}

function readAlpha(operation: string, alpha: Tensor | undefined, logits: Tensor): ArrayLike<number> | undefined {
  if (alpha === undefined) return undefined;
  const classes = logits.shape[classAxis(logits.shape)];
  if (sameShape(alpha.shape, [classes])) return alpha.toFlatArray();
  throw new ShapeError({
    operation,
    got: `alpha is ${formatShape(alpha.shape)}, with ${classes} classes`,
    wanted: `[${classes}], one α for each class`,
    remedy: 'For two classes, of which the second is the rare one, the α of the paper is `[1 - α, α]`',
  });
}

function checkGamma(operation: string, gamma: number): void {
  if (gamma >= 0 && gamma < Infinity) return;
  throw new ValueError({
    operation,
    got: `gamma is ${gamma}`,
    wanted: 'a finite number of at least 0',
    remedy: 'Usual values are 0.5 to 5',
  });
}
