import { concat, DataTypeError, Tensor, type TensorLike, tensor, ValueError } from '@tapegrad/core';
import {
  checkFunction,
  checkOptions,
  checkSurplus,
  checkTensor,
  kindOf,
  type OptionNames,
} from '@tapegrad/core/authors';
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
  /** What to measure on, batch by batch; see {@link AsyncEvaluateOptions} for batches that are waited for. */
  readonly batches: Iterable<Batch>;
  /** The outputs of the model for a batch, off the tape, and what is right. */
  readonly predict: (batch: Batch) => readonly [outputs: Tensor, targets: TensorLike];
  /** What to measure, by name. */
  readonly metrics: Given;
}

export interface AsyncEvaluateOptions<Batch, Given extends Metrics = Metrics>
  extends Omit<EvaluateOptions<Batch, Given>, 'batches'> {
  /** What to measure on, each batch when it has come: those of a prefetcher, or of a file that is read. */
  readonly batches: AsyncIterable<Batch>;
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
 * Batches that are waited for, as those of a prefetcher, give a promise.
 *
 * @throws ValueError when there are no batches or no metrics
 * @throws DataTypeError when `batches` cannot be gone through, `predict` gives no pair of outputs and targets, or a metric is
 * neither a function nor streaming
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
): Measured<Given>;
export function evaluate<Batch, Given extends Metrics>(
  options: AsyncEvaluateOptions<Batch, Given>,
  ...surplus: []
): Promise<Measured<Given>>;
export function evaluate<Batch, Given extends Metrics>(
  options: EvaluateOptions<Batch, Given> | AsyncEvaluateOptions<Batch, Given>,
  ...surplus: []
): Measured<Given> | Promise<Measured<Given>> {
  checkSurplus('evaluate', surplus);
  const { batches, predict, metrics } = checkOptions(
    'evaluate',
    options,
    evaluateOptions as OptionNames<typeof options>,
  );
  checkFunction(
    'evaluate',
    'predict',
    predict,
    'Give outputs and targets of a batch: `predict: ({ images, labels }) => [model.call(tensor(images)), labels]`',
  );
  const measurement = new Measurement(metrics);
  if (isAsync(batches)) return measuredLater(batches, predict, measurement);
  checkIterable(batches);
  for (const batch of batches) measurement.tell(predict(batch));
  return measurement.result();
}

async function measuredLater<Batch, Given extends Metrics>(
  batches: AsyncIterable<Batch>,
  predict: EvaluateOptions<Batch>['predict'],
  measurement: Measurement<Given>,
): Promise<Measured<Given>> {
  for await (const batch of batches) measurement.tell(predict(batch));
  return measurement.result();
}

function isAsync<Batch>(batches: Iterable<Batch> | AsyncIterable<Batch>): batches is AsyncIterable<Batch> {
  return typeof (batches as Partial<AsyncIterable<Batch>> | null)?.[Symbol.asyncIterator] === 'function';
}

function checkIterable(batches: unknown): void {
  if (typeof (batches as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] === 'function') return;
  throw new DataTypeError({
    operation: 'evaluate',
    got: `batches is ${kindOf(batches)}`,
    wanted: 'batches to go through',
    remedy: 'Give a list, or what a generator makes: `batches: batches(test, { batchSize: 256 })`',
  });
}

function noPair(given: unknown): DataTypeError {
  return new DataTypeError({
    operation: 'evaluate',
    got: `predict gave ${kindOf(given)}`,
    wanted: 'a pair of outputs and targets',
    remedy: 'Give both: `predict: ({ images, labels }) => [model.call(tensor(images)), labels]`',
  });
}

/** Metrics on the way: what they were told, and what they keep. */
class Measurement<Given extends Metrics> {
  readonly #metrics: Given;
  readonly #whole: readonly (readonly [string, Metric])[];
  readonly #streaming: readonly (readonly [string, StreamingMetric<unknown>])[];
  readonly #outputs: Tensor[] = [];
  readonly #targets: Tensor[] = [];
  #count = 0;

  constructor(metrics: Given) {
    this.#metrics = metrics;
    [this.#whole, this.#streaming] = sorted(metrics);
    for (const [, metric] of this.#streaming) metric.reset();
  }

  /** Takes the outputs for a batch, and what is right. */
  tell(pair: readonly [outputs: Tensor, targets: TensorLike]): void {
    this.#count++;
    if (!Array.isArray(pair)) throw noPair(pair);
    const [output, target] = pair;
    checkTensor('evaluate', 'the output', output, 'Give the model’s outputs first, then the targets');
    for (const [, metric] of this.#streaming) metric.update(output, target);
    if (this.#whole.length === 0) return;
    this.#outputs.push(output);
    this.#targets.push(target instanceof Tensor ? target : tensor(target, { dtype: output.dtype }));
  }

  result(): Measured<Given> {
    if (this.#count === 0) {
      throw nothing(
        'no batches',
        'at least one batch',
        'Give a new generator each time, and check that the data set is not empty',
      );
    }
    const measured: Record<string, unknown> = {};
    for (const [name, metric] of this.#streaming) measured[name] = metric.result();
    if (this.#whole.length > 0) {
      const [all, right] = [this.#outputs, this.#targets].map((parts) =>
        parts.length === 1 ? parts[0] : concat(parts, { axis: 0 }),
      );
      for (const [name, metric] of this.#whole) {
        const value = metric(all, right);
        measured[name] = value instanceof Tensor ? value.item() : value;
      }
    }
    // In the order in which they were named.
    return Object.fromEntries(Object.keys(this.#metrics).map((name) => [name, measured[name]])) as Measured<Given>;
  }
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
