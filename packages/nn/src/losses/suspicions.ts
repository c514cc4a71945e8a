import { type Tensor, warn } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { type ClassIndices, ignored } from './classTarget.ts';

/*
 * Things that can be computed and are hardly ever meant. They are told as warnings, once for each loss, with what was seen
 * and the way out; `silence(code)` ends that.
 */

/** How many rows are looked at: enough to tell, and no more time than that. */
const looked = 64;

/** How far from 1 the sum of a distribution may be. */
const slack = 1e-3;

/** PROBABILITIES_AS_LOGITS: every row of the logits is a distribution already, as if a softmax came before the loss. */
export function suspectProbabilities(operation: string, logits: Tensor, axis: number): void {
  if (!areProbabilities(logits, axis)) return;
  const [{ sum }] = rowSums(logits, axis);
  warn({
    code: 'PROBABILITIES_AS_LOGITS',
    operation,
    message: `the logits are at least 0 and sum to 1 in each row (the first to ${sum.toFixed(4)}), as probabilities do. This loss has a softmax of its own: leave out the one before it.`,
  });
}

/**
 * TARGET_NOT_A_DISTRIBUTION: a row of target probabilities holds negative numbers or does not sum to 1. Where the logits
 * look like probabilities instead, LOGITS_AND_TARGET_EXCHANGED. Logits that are probabilities beside a target that is fine
 * are PROBABILITIES_AS_LOGITS. A row of zeros costs nothing: it is how a row is left out.
 */
export function suspectTarget(operation: string, logits: Tensor, target: Tensor, axis: number): void {
  let odd = 0;
  let row: RowSum | undefined;
  for (row of rowSums(target, axis)) {
    if (!isDistribution(row) && !isEmpty(row)) break;
    odd++;
    row = undefined;
  }
  if (row === undefined) {
    suspectProbabilities(operation, logits, axis);
    return;
  }
  const { least, sum } = row;
  const seen = least < 0 ? `holds ${least}` : `sums to ${sum.toFixed(4)}`;
  if (areProbabilities(logits, axis)) {
    warn({
      code: 'LOGITS_AND_TARGET_EXCHANGED',
      operation,
      message: `row ${odd} of the target ${seen}, and the logits are probabilities. The logits come first, the target second.`,
    });
    return;
  }
  warn({
    code: 'TARGET_NOT_A_DISTRIBUTION',
    operation,
    message: `row ${odd} of the target ${seen}; probabilities are at least 0 and sum to 1. The gradient is then (Σ target)·p - target. Divide each row by its sum if that is not meant.`,
  });
}

/** Whether a row is all zeros. */
const isEmpty = ({ least, sum }: RowSum): boolean => least === 0 && sum === 0;

const isDistribution = ({ least, sum }: RowSum): boolean => least >= 0 && Math.abs(sum - 1) <= slack;

/** Whether there are rows, and all that are looked at are distributions: mostly the first row tells. */
function areProbabilities(x: Tensor, axis: number): boolean {
  let count = 0;
  for (const row of rowSums(x, axis)) {
    if (!isDistribution(row)) return false;
    count++;
  }
  return count > 0;
}

/** ALL_TARGETS_IGNORED: no row counts. */
export function suspectAllIgnored(operation: string, indices: ClassIndices, ignoreIndex: number): void {
  if (!indices.every((index) => index === ignored) || indices.length === 0) return;
  warn({
    code: 'ALL_TARGETS_IGNORED',
    operation,
    message: `all ${indices.length} targets are ${ignoreIndex}, the index to ignore; the mean of no losses is NaN. Check the labels, or leave such batches out.`,
  });
}

/** POSITIVE_LOG_PROBABILITIES: a log-probability above 0 would be a probability above 1. */
export function suspectLogProbabilities(operation: string, logProbabilities: Tensor): void {
  const numbers = logProbabilities.read();
  const positive = numbers.slice(0, looked * 16).find((number) => number > slack);
  if (positive === undefined) return;
  warn({
    code: 'POSITIVE_LOG_PROBABILITIES',
    operation,
    message: `a log-probability is ${positive}, but the logarithm of a probability is at most 0. Pass \`logSoftmax(logits)\`, not logits and not probabilities.`,
  });
}

/** TARGET_IN_LOG_SPACE: a target of probabilities holds negative numbers, as log-probabilities do. */
export function suspectLogTarget(operation: string, target: Tensor): void {
  const negative = target.read().find((number) => number < 0);
  if (negative === undefined) return;
  warn({
    code: 'TARGET_IN_LOG_SPACE',
    operation,
    message: `the target holds ${negative}, and probabilities are at least 0. If it holds log-probabilities, pass \`logTarget: true\`; if it is the model's side, exchange the two: log-probabilities of the model first, the target second.`,
  });
}

/** What is seen of a row. */
interface RowSum {
  readonly least: number;
  readonly sum: number;
}

/** The rows that are looked at, one after the other. */
function* rowSums(x: Tensor, axis: number): Generator<RowSum> {
  const [outer, classes, inner] = [sizeOf(x.shape.slice(0, axis)), x.shape[axis], sizeOf(x.shape.slice(axis + 1))];
  const numbers = x.read();
  for (let row = 0; row < Math.min(looked, outer * inner); row++) {
    const start = Math.floor(row / inner) * classes * inner + (row % inner);
    let least = Infinity;
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const number = numbers[start + c * inner];
      least = Math.min(least, number);
      sum += number;
    }
    yield { least, sum };
  }
}
