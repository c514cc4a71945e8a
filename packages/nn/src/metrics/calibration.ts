import { NonFiniteError, softmax, type Tensor, type TensorLike, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { readLabels } from './classLabels.ts';

export interface CalibrationOptions {
  /** Into how many bins of equal width the confidences from 0 to 1 are sorted: at least 1. Default: 10. */
  readonly bins?: number;
}

const calibrationOptions: OptionNames<CalibrationOptions> = { bins: 'optional' };

/** The samples whose confidence lies in one bin. */
export interface CalibrationBin {
  /** The bin holds confidences above `from`, up to `to`; the first one also 0. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** The mean probability of the class that was predicted; NaN for an empty bin. */
  readonly confidence: number;
  /** The share of the samples that are right; NaN for an empty bin. */
  readonly accuracy: number;
}

/**
 * A reliability diagram: of the samples that a model is so sure of, how many are right? Of one that is well calibrated, as
 * many as it says. The confidence of a sample is the largest softmax probability.
 *
 * @param logits `[batch, classes]`
 * @param labels class indices `[batch]`
 * @throws ShapeError when there is not one label for each row
 * @throws ValueError when a label is no class, or bins is not a whole number of at least 1
 * @throws NonFiniteError when a confidence is NaN
 * @example reliabilityDiagram(tensor([[2, 0], [0, 2]]), [0, 0], { bins: 1 })[0].accuracy // 0.5
 */
export function reliabilityDiagram(
  logits: Tensor,
  labels: TensorLike,
  options: CalibrationOptions = {},
  ...surplus: []
): readonly CalibrationBin[] {
  checkSurplus('reliabilityDiagram', surplus);
  return binsOf('reliabilityDiagram', logits, labels, options);
}

/**
 * The expected calibration error: Σ over bins of count/batch·|accuracy - confidence|, how far a model's confidence is from
 * the truth. 0 is best; NaN for no rows.
 *
 * Source: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", 2017.
 *
 * @param logits `[batch, classes]`
 * @param labels class indices `[batch]`
 * @throws ShapeError when there is not one label for each row
 * @throws ValueError when a label is no class, or bins is not a whole number of at least 1
 * @example expectedCalibrationError(tensor([[2, 0], [0, 2]]), [0, 0]) // 0.3808
 */
export function expectedCalibrationError(
  logits: Tensor,
  labels: TensorLike,
  options: CalibrationOptions = {},
  ...surplus: []
): number {
  checkSurplus('expectedCalibrationError', surplus);
  const bins = binsOf('expectedCalibrationError', logits, labels, options);
  const batch = bins.reduce((total, { count }) => total + count, 0);
  const errors = bins.map(({ count, accuracy, confidence }) =>
    count === 0 ? 0 : count * Math.abs(accuracy - confidence),
  );
  return errors.reduce((total, error) => total + error, 0) / batch;
}

function binsOf(operation: string, logits: Tensor, labels: TensorLike, options: CalibrationOptions): CalibrationBin[] {
  const { bins = 10 } = checkOptions(operation, options, calibrationOptions);
  if (!Number.isSafeInteger(bins) || bins < 1) {
    throw new ValueError({
      operation,
      got: `bins is ${bins}`,
      wanted: 'a whole number of at least 1',
      remedy: 'Usual values are 10 to 20',
    });
  }
  const wanted = readLabels(operation, logits, labels);
  const classes = logits.shape[1];
  const probabilities = softmax(logits, { axis: 1 }).toFlatArray();
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, right: 0 }));
  wanted.forEach((label, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    let largest = 0;
    for (let c = 1; c < classes; c++) if (own[c] > own[largest]) largest = c;
    if (Number.isNaN(own[largest])) throw notFinite(operation, row);
    const bin = sums[Math.min(bins - 1, Math.max(0, Math.ceil(own[largest] * bins) - 1))];
    bin.count++;
    bin.confidence += own[largest];
    if (largest === label) bin.right++;
  });
  return sums.map(({ count, confidence, right }, at) => {
    return { from: at / bins, to: (at + 1) / bins, count, confidence: confidence / count, accuracy: right / count };
  });
}

function notFinite(operation: string, row: number): NonFiniteError {
  return new NonFiniteError({
    operation,
    got: `logits that are not finite in row ${row}, whose confidence is NaN`,
    wanted: 'finite logits',
    remedy: 'Find the step that made them with `tape.firstNonFinite()`',
  });
}
