import { type TensorLike, ValueError } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { readScores } from './binaryScores.ts';

/** The points of a ROC curve, from (0, 0) to (1, 1). */
export interface RocCurve {
  /** For each point, the share of the negatives that lie at or above the threshold. */
  readonly falsePositiveRates: readonly number[];
  /** The share of the positives. */
  readonly truePositiveRates: readonly number[];
  /** The score from which on a sample counts as positive; Infinity at the first point. */
  readonly thresholds: readonly number[];
}

/**
 * The receiver operating characteristic of scores for two classes: for each threshold, which share of the positives it
 * finds, and which share of the negatives it takes for positive. Equal scores are one point, as in scikit-learn with
 * `drop_intermediate=False`.
 *
 * @param scores `[batch]`, logits or probabilities of the class 1: only their order counts
 * @param labels `[batch]`, 0 or 1
 * @throws ShapeError when there is not one label for each score
 * @throws ValueError when a label is neither 0 nor 1, a score is NaN, or one of the classes does not occur
 * @example rocCurve([0.9, 0.2], [1, 0]).truePositiveRates // [0, 1, 1]
 */
export function rocCurve(scores: TensorLike, labels: TensorLike, ...surplus: []): RocCurve {
  checkSurplus('rocCurve', surplus);
  const read = readScores('rocCurve', scores, labels);
  return curveOf('rocCurve', read.scores, read.labels);
}

/**
 * The area under the ROC curve: how likely a positive has a higher score than a negative, equal ones counted half. 1 is
 * perfect, 0.5 is chance.
 *
 * @param scores `[batch]`, logits or probabilities of the class 1
 * @param labels `[batch]`, 0 or 1
 * @throws ShapeError when there is not one label for each score
 * @throws ValueError when a label is neither 0 nor 1, a score is NaN, or one of the classes does not occur
 * @example rocArea([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]) // 0.75
 */
export function rocArea(scores: TensorLike, labels: TensorLike, ...surplus: []): number {
  checkSurplus('rocArea', surplus);
  const read = readScores('rocArea', scores, labels);
  const { falsePositiveRates: x, truePositiveRates: y } = curveOf('rocArea', read.scores, read.labels);
  let area = 0;
  for (let at = 1; at < x.length; at++) area += ((x[at] - x[at - 1]) * (y[at] + y[at - 1])) / 2;
  return area;
}

function curveOf(operation: string, scores: readonly number[], labels: readonly number[]): RocCurve {
  const positives = labels.reduce((count, label) => count + label, 0);
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) {
    throw new ValueError({
      operation,
      got: `${positives} positives and ${negatives} negatives`,
      wanted: 'at least one of each',
      remedy: 'Measure on samples of both classes',
    });
  }
  const order = scores.map((_, at) => at).sort((a, b) => scores[b] - scores[a]);
  const [falsePositiveRates, truePositiveRates, thresholds] = [[0], [0], [Infinity]];
  let [found, mistaken] = [0, 0];
  order.forEach((sample, at) => {
    if (labels[sample] === 1) found++;
    else mistaken++;
    const next = order[at + 1];
    if (next !== undefined && scores[next] === scores[sample]) return;
    falsePositiveRates.push(mistaken / negatives);
    truePositiveRates.push(found / positives);
    thresholds.push(scores[sample]);
  });
  return { falsePositiveRates, truePositiveRates, thresholds };
}
