import { concat, Tensor, type TensorLike, tensor, ValueError } from '@tapegrad/core';
import { checkFunction, checkOptions, checkSurplus, checkTensor, type OptionNames } from '@tapegrad/core/authors';
import { isStreaming, type StreamingMetric } from '../metrics/streaming.ts';

/** A number that says how good outputs are: `accuracy`, `meanAbsoluteError`, or a loss. */
export type Metric = (outputs: Tensor, targets: Tensor) => number | Tensor;

/** What to measure, by name: functions of all outputs and targets, or what is told batch by batch. */
export type Metrics = Readonly<Record<string, Metric | StreamingMetric<unknown>>>;

/** What came out, by the same names: one number, or what a streaming metric gives. */
export type Measured<Given extends Metrics> = {
  readonly [Name in keyof Given]: Given[Name] extends StreamingMetric<infer Result> ? Result : number;
};

export interface EvaluateOptions<Batch, Given extends Metrics = Metrics> {
  /** What to measure on, batch by batch. */
  readonly batches: Iterable<Batch>;
  /** The outputs of the model for a batch, off the tape, and what is right. */
  readonly predict: (batch: Batch) => readonly [outputs: Tensor, targets: TensorLike];
  /** What to measure, by name. */
  readonly metrics: Given;
}

const evaluateOptions: OptionNames<EvaluateOptions<unknown>> = {
  batches: 'required',
  predict: 'required function',
  metrics: 'required',
};

/**
 * Measures a model on data that comes in batches. For metrics that are functions, outputs and targets of all batches are put
 * together first, so that each is that of the whole, also where it is not a mean over examples, as the area under a ROC
 * curve. A streaming metric, say `averaged(accuracy)`, is begun anew and told batch by batch; where all are, no outputs are
 * kept, and the data may be larger than memory.
 *
 * @throws ValueError when there are no batches or no metrics
 * @throws DataTypeError when `predict` gives no pair of outputs and targets, or a metric is neither a function nor streaming
 * @example
 * const batches = [{ scores: [[2, 1]], labels: [0] }, { scores: [[3, 0]], labels: [1] }];
 * evaluate({
 *   batches,
 *   predict: ({ scores, labels }) => [tensor(scores), labels],
 *   metrics: { accuracy, loss: averaged(softmaxCrossEntropy) },
 * }) // { accuracy: 0.5, loss: 1.6809 }
 */
export function evaluate<Batch, Given extends Metrics>(
  options: EvaluateOptions<Batch, Given>,
  ...surplus: []
): Measured<Given> {
  checkSurplus('evaluate', surplus);
  const { batches, predict, metrics } = checkOptions<EvaluateOptions<Batch, Given>>(
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
  const [whole, streaming] = sorted(metrics);
  for (const [, metric] of streaming) metric.reset();
  const [outputs, targets]: [Tensor[], Tensor[]] = [[], []];
  let count = 0;
  for (const batch of batches) {
    count++;
    const [output, target] = predict(batch);
    checkTensor('evaluate', 'the output', output, 'Give the model’s outputs first, then the targets');
    for (const [, metric] of streaming) metric.update(output, target);
    if (whole.length === 0) continue;
    outputs.push(output);
    targets.push(target instanceof Tensor ? target : tensor(target, { dtype: output.dtype }));
  }
  if (count === 0) {
    throw nothing(
      'no batches',
      'at least one batch',
      'Give a new generator each time, and check that the data set is not empty',
    );
  }
  const measured: Record<string, unknown> = {};
  for (const [name, metric] of streaming) measured[name] = metric.result();
  if (whole.length > 0) {
    const [all, right] = [outputs, targets].map((parts) =>
      parts.length === 1 ? parts[0] : concat(parts, { axis: 0 }),
    );
    for (const [name, metric] of whole) {
      const value = metric(all, right);
      measured[name] = value instanceof Tensor ? value.item() : value;
    }
  }
  // In the order in which they were named.
  return Object.fromEntries(Object.keys(metrics).map((name) => [name, measured[name]])) as Measured<Given>;
}

/** Those that are functions of the whole, and those that are told batch by batch. */
function sorted(
  metrics: Metrics,
): readonly [whole: (readonly [string, Metric])[], streaming: (readonly [string, StreamingMetric<unknown>])[]] {
  const [whole, streaming]: ReturnType<typeof sorted> = [[], []];
  for (const [name, metric] of Object.entries(metrics)) {
    if (isStreaming(metric)) {
      streaming.push([name, metric]);
      continue;
    }
    checkFunction(
      'evaluate',
      `metrics.${name}`,
      metric,
      'Give functions of outputs and targets, `metrics: { accuracy }`, or what is told batch by batch, `averaged(accuracy)`',
    );
    whole.push([name, metric]);
  }
  if (whole.length + streaming.length > 0) return [whole, streaming];
  throw nothing('no metrics', 'at least one metric by name', 'Name one: `metrics: { accuracy }`');
}

function nothing(got: string, wanted: string, remedy: string): ValueError {
  return new ValueError({ operation: 'evaluate', got, wanted, remedy });
}
