import { multiply, negate, operands, sum, type Tensor, type TensorLike, where } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type ClassRowOptions, classRowOptions, readClassRows } from './classRows.ts';
import { classAxis, readClassWeights } from './classTarget.ts';
import { type Reduction, reduceLosses } from './reduce.ts';
import { suspectLogProbabilities } from './suspicions.ts';

export interface NLLOptions extends ClassRowOptions {
  /** One factor for each class, `[classes]`. Default: 1 for all. */
  readonly weight?: TensorLike;
  /** Default: the mean, which divides by the sum of the weights of the rows that count. */
  readonly reduction?: Reduction;
}

const nllOptions: OptionNames<NLLOptions> = { weight: 'optional', ...classRowOptions };

/**
 * Negative log-likelihood: loss = -weight_y · logProbabilities_y, for a row of class y. How surprised the model is by what
 * is true: 0 where it was certain, without bound where it had ruled it out.
 *
 * Gradient: -weight_y at the class y, 0 at all others. Behind `logSoftmax` it becomes p - y by the logits:
 * `nllLoss(logSoftmax(logits, { axis: 1 }), target)` is `softmaxCrossEntropy(logits, target)`, in two steps. Logits put in by
 * mistake give a loss without a lower bound; numbers above 0 are warned about.
 *
 * With every row ignored there is no mean: it is NaN, and the gradient 0.
 *
 * Source: Fisher, "On the mathematical foundations of theoretical statistics", 1922.
 *
 * @param logProbabilities `[batch, classes]`, `[batch, classes, d1, …]`, or `[classes]` for a single row
 * @param target class indices `[batch, d1, …]`
 * @example nllLoss([[Math.log(0.5), Math.log(0.5)]], [0]) // 0.6931
 * @throws ShapeError when there is not one class index for each row, or not one weight for each class
 * @throws ValueError when a class index is out of range
 */
export function nllLoss(
  logProbabilities: TensorLike,
  target: TensorLike,
  options: NLLOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('nllLoss', surplus);
  const { weight, reduction = 'mean' } = checkOptions('nllLoss', options, nllOptions);
  const name = 'nllLoss';
  const inputs = operands(name, { logProbabilities }, { weight });
  const { shape } = inputs.logProbabilities;
  suspectLogProbabilities(name, inputs.logProbabilities);
  const perClass = readClassWeights(name, inputs.weight, shape[classAxis(shape)]);
  const rows = readClassRows(name, 'logProbabilities', inputs.logProbabilities, target, perClass, options);
  const right = sum(where(rows.oneHot, rows.scores, 0), { axes: rows.axis });
  return reduceLosses(name, multiply(rows.weights, negate(right)), reduction, rows.totalWeight);
}
