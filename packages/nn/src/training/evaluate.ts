import { concat, Tensor, type TensorLike, tensor, ValueError } from '@tapegrad/core';
import { checkFunction, checkOptions, checkSurplus, checkTensor, type OptionNames } from '@tapegrad/core/authors';

/** A number that says how good outputs are: `accuracy`, `meanAbsoluteError`, or a loss. */
export type Metric = (outputs: Tensor, targets: Tensor) => number | Tensor;

export interface EvaluateOptions<Batch, Name extends string = string> {
  /** What to measure on, batch by batch. */
  readonly batches: Iterable<Batch>;
  /** The outputs of the model for a batch, off the tape, and what is right. */
  readonly predict: (batch: Batch) => readonly [outputs: Tensor, targets: TensorLike];
  /** What to measure, by name. */
  readonly metrics: { readonly [Key in Name]: Metric };
}

const evaluateOptions: OptionNames<EvaluateOptions<unknown>> = {
  batches: 'required',
  predict: 'required',
  metrics: 'required',
};

/**
 * Measures a model on data that comes in batches. Outputs and targets of all batches are put together first, so that each
 * metric is that of the whole, also where it is not a mean over examples, as the area under a ROC curve.
 *
 * @throws ValueError when there are no batches or no metrics
 * @throws DataTypeError when `predict` gives no pair of outputs and targets, or a metric is no function
 * @example
 * const batches = [{ scores: [[2, 1]], labels: [0] }, { scores: [[3, 0]], labels: [1] }];
 * evaluate({
 *   batches,
 *   predict: ({ scores, labels }) => [tensor(scores), labels],
 *   metrics: { accuracy, loss: softmaxCrossEntropy },
 * }) // { accuracy: 0.5, loss: 1.6809 }
 */
export function evaluate<Batch, Name extends string>(
  options: EvaluateOptions<Batch, Name>,
  ...surplus: []
): Readonly<Record<Name, number>> {
  checkSurplus('evaluate', surplus);
  const { batches, predict, metrics } = checkOptions<EvaluateOptions<Batch, Name>>(
    'evaluate',
    options,
    evaluateOptions,
  );
  checkFunction(
    'evaluate',
    'predict',
    predict,
    'Give outputs and targets of a batch: `predict: ({ images, labels }) => [model.call(tensor(images)), labels]`',
  );
  const entries = Object.entries<Metric>(metrics);
  for (const [name, metric] of entries) {
    checkFunction(
      'evaluate',
      `metrics.${name}`,
      metric,
      'Give functions of outputs and targets: `metrics: { accuracy }`',
    );
  }
  if (entries.length === 0)
    throw nothing('no metrics', 'at least one metric by name', 'Name one: `metrics: { accuracy }`');
  const [outputs, targets]: [Tensor[], Tensor[]] = [[], []];
  for (const batch of batches) {
    const [output, target] = predict(batch);
    checkTensor('evaluate', 'the output', output, 'Give the model’s outputs first, then the targets');
    outputs.push(output);
    targets.push(target instanceof Tensor ? target : tensor(target, { dtype: output.dtype }));
  }
  if (outputs.length === 0) {
    throw nothing(
      'no batches',
      'at least one batch',
      'Give a new generator each time, and check that the data set is not empty',
    );
  }
  const [all, right] = [outputs, targets].map((parts) => (parts.length === 1 ? parts[0] : concat(parts, { axis: 0 })));
  const measured = entries.map(([name, metric]) => {
    const value = metric(all, right);
    return [name, value instanceof Tensor ? value.item() : value] as const;
  });
  return Object.fromEntries(measured) as Record<Name, number>;
}

function nothing(got: string, wanted: string, remedy: string): ValueError {
  return new ValueError({ operation: 'evaluate', got, wanted, remedy });
}
