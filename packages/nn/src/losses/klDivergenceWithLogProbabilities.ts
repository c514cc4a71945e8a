import {
  divide,
  equal,
  exp,
  log,
  multiply,
  operands,
  subtract,
  type Tensor,
  type TensorLike,
  ValueError,
  where,
} from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { readExampleWeight } from './exampleWeight.ts';
import { type LossOptions, reduceWeighed } from './lossOptions.ts';
import { checkOneShape } from './oneShape.ts';
import { suspectLogProbabilities, suspectLogTarget } from './suspicions.ts';

const reductions = ['mean', 'batchMean', 'sum', 'none'] as const;

export interface KLDivergenceOptions extends Pick<LossOptions, 'exampleWeight'> {
  /** Whether the target holds log-probabilities too. Default: false. */
  readonly logTarget?: boolean;
  /**
   * `batchMean`, the sum divided by the length of the first axis, is the mean divergence of a row. Default: `mean`, which
   * divides by the number of all elements, as in PyTorch.
   */
  readonly reduction?: (typeof reductions)[number];
}

const klDivergenceOptions: OptionNames<KLDivergenceOptions> = {
  exampleWeight: 'optional',
  logTarget: 'optional flag',
  reduction: 'optional',
};

/**
 * Kullback–Leibler divergence as a loss: loss = t·(ln t - logProbabilities), element by element, for a target t. The model
 * gives ln q, the target is p, and what they sum up to is D_KL(P‖Q): how far the target diverges from the model. For two
 * given distributions see `klDivergence`, which names the direction.
 *
 * Gradient: by the log-probabilities -t; by the target ln t + 1 - logProbabilities (by a logarithmic target
 * e^target·(target - logProbabilities + 1)). A target of 0 (-Infinity in logarithms) costs nothing and pulls at nothing;
 * in PyTorch the gradient by such a target is NaN. Neither side is checked to be normalised, as in PyTorch. A negative
 * target gives NaN.
 *
 * Source: Kullback and Leibler, "On information and sufficiency", 1951.
 *
 * @param logProbabilities of any shape: the output of `logSoftmax`
 * @param target of the same shape: probabilities or, with `logTarget`, their logarithms
 * @example klDivergenceWithLogProbabilities([[Math.log(0.25), Math.log(0.75)]], [[0.5, 0.5]]) // 0.0719
 * @throws ShapeError when the shapes differ
 */
export function klDivergenceWithLogProbabilities(
  logProbabilities: TensorLike,
  target: TensorLike,
  options: KLDivergenceOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('klDivergenceWithLogProbabilities', surplus);
  const {
    logTarget = false,
    reduction = 'mean',
    exampleWeight,
  } = checkOptions('klDivergenceWithLogProbabilities', options, klDivergenceOptions);
  const name = 'klDivergenceWithLogProbabilities';
  checkReduction(name, reduction);
  const inputs = operands(name, { logProbabilities, target });
  checkOneShape(name, inputs);
  suspectLogProbabilities(name, inputs.logProbabilities);
  if (!logTarget) suspectLogTarget(name, inputs.target);
  const isNothing = equal(inputs.target, logTarget ? -Infinity : 0);
  const probabilities = logTarget ? exp(inputs.target) : inputs.target;
  const logs = logTarget ? inputs.target : log(where(isNothing, 1, inputs.target));
  const losses = multiply(probabilities, where(isNothing, 0, subtract(logs, inputs.logProbabilities)));
  if (reduction !== 'batchMean') return reduceWeighed(name, losses, { reduction, exampleWeight });
  const total = reduceWeighed(name, losses, { reduction: 'sum', exampleWeight });
  const rows = readExampleWeight(name, exampleWeight, inputs.target.shape.slice(0, 1));
  const count = rows ? rows.reduce((all, weight) => all + weight, 0) : (inputs.target.shape[0] ?? 1);
  return divide(total, count);
}

function checkReduction(operation: string, reduction: string): void {
  if (reductions.some((known) => known === reduction)) return;
  throw new ValueError({
    operation,
    got: `reduction is '${reduction}'`,
    wanted: "'mean', 'batchMean', 'sum' or 'none'",
    remedy: "Take 'batchMean' for the mean divergence of a row, or leave it out for 'mean'",
  });
}
