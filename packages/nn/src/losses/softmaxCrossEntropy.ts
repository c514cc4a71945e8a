import {
  add,
  multiply,
  operands,
  softmaxCrossEntropyRows,
  sum,
  type Tensor,
  type TensorLike,
  tensor,
  ValueError,
} from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { leaveOut } from './classRows.ts';
import { classAxis, ignored, readClassTarget, readClassWeights, spreadIndices } from './classTarget.ts';
import { readExampleWeight } from './exampleWeight.ts';
import { type LossOptions, lossOptions, reduceWeighed } from './lossOptions.ts';
import { reduceLosses } from './reduce.ts';
import { suspectAllIgnored, suspectProbabilities, suspectTarget } from './suspicions.ts';

export interface SoftmaxCrossEntropyOptions extends LossOptions {
  /** One factor for each class, `[classes]`. Default: 1 for all. */
  readonly weight?: TensorLike;
  /** The class index of rows to leave out; may lie outside the classes. Default: -100. */
  readonly ignoreIndex?: number;
  /** How much of the target is spread evenly over all classes, from 0 to 1. Default: 0. */
  readonly labelSmoothing?: number;
}

export const softmaxCrossEntropyOptions: OptionNames<SoftmaxCrossEntropyOptions> = {
  weight: 'optional',
  ignoreIndex: 'optional',
  labelSmoothing: 'optional',
  ...lossOptions,
};

/**
 * Softmax cross-entropy: loss = -Σ_c target_c·ln softmax(logits)_c, for a class index y simply -ln softmax(logits)_y. The
 * logits go in as they are: the softmax is part of the loss, in a form that neither overflows nor underflows. Its gradient
 * is the famous p - y: what the model believes, less what is true, divided by the batch where the mean is taken.
 *
 * The mean of class indices divides by the sum of the weights of the classes that occur (without weights their number), so
 * that rare classes can count more; that of probabilities divides by the number of rows. With every row ignored there is no
 * mean: it is NaN, and the gradient 0. As in PyTorch.
 *
 * Source: Bridle, "Probabilistic interpretation of feedforward classification network outputs, with relationships
 * to statistical pattern recognition", 1990.
 *
 * @param logits `[batch, classes]`, `[batch, classes, d1, …]`, or `[classes]` for a single row
 * @param target class indices `[batch, d1, …]`, or one-hot rows or probabilities of the logits' shape, which need not sum
 * to 1 (the gradient is then (Σ target)·p - target)
 * @example softmaxCrossEntropy([[3, 1, -3]], [0]) // 0.1291
 * @throws ShapeError when the target is of neither shape, or there is not one weight for each class
 * @throws ValueError when a class index is out of range, or an option is
 */
export function softmaxCrossEntropy(
  logits: TensorLike,
  target: TensorLike,
  options: SoftmaxCrossEntropyOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('softmaxCrossEntropy', surplus);
  const {
    ignoreIndex = -100,
    labelSmoothing = 0,
    reduction = 'mean',
  } = checkOptions('softmaxCrossEntropy', options, softmaxCrossEntropyOptions);
  const name = 'softmaxCrossEntropy';
  checkSmoothing(name, labelSmoothing);
  const inputs = operands(name, { logits }, { weight: options.weight });
  const axis = classAxis(inputs.logits.shape);
  const classes = inputs.logits.shape[axis];
  const weight = readClassWeights(name, inputs.weight, classes);
  const rowShape = inputs.logits.shape.toSpliced(axis, 1);
  const exampleWeight = readExampleWeight(name, options.exampleWeight, rowShape);
  const read = readClassTarget(name, inputs.logits, target, ignoreIndex);
  if (read.kind === 'distribution') {
    suspectTarget(name, inputs.logits, operands(name, { logits, target: read.distribution }).target, axis);
    const distribution = weighDistribution(read.distribution, inputs.logits, weight, labelSmoothing);
    const rows = softmaxCrossEntropyRows(inputs.logits, distribution, { axis });
    return reduceWeighed(name, rows, { exampleWeight: options.exampleWeight, reduction });
  }
  suspectProbabilities(name, inputs.logits, axis);
  suspectAllIgnored(name, read.indices, ignoreIndex);
  const { distribution, totalWeight } = spreadIndices(
    read.indices,
    inputs.logits,
    weight,
    labelSmoothing,
    exampleWeight,
  );
  const counted = leaveOut(inputs.logits, read.indices);
  const rows = softmaxCrossEntropyRows(counted, tensor(distribution, { shape: counted.shape }), { axis });
  if (reduction === 'mean' && read.indices.every((index) => index === ignored)) {
    // A mean over no rows: NaN, from which nothing flows back, for the rows were left out.
    return add(sum(rows), Number.NaN);
  }
  return reduceLosses(name, rows, reduction, totalWeight);
}

function weighDistribution(
  distribution: TensorLike,
  logits: Tensor,
  weight: Float32Array | Float64Array | undefined,
  labelSmoothing: number,
): Tensor {
  const axis = classAxis(logits.shape);
  const { target } = operands('softmaxCrossEntropy', { logits, target: distribution });
  const share = labelSmoothing / logits.shape[axis];
  const smoothed = labelSmoothing === 0 ? target : add(multiply(target, 1 - labelSmoothing), share);
  if (!weight) return smoothed;
  const perClass = logits.shape.map((length, other) => (other === axis ? length : 1));
  return multiply(smoothed, tensor(weight, { shape: perClass }));
}

function checkSmoothing(operation: string, labelSmoothing: number): void {
  if (labelSmoothing >= 0 && labelSmoothing <= 1) return;
  throw new ValueError({
    operation,
    got: `labelSmoothing is ${labelSmoothing}`,
    wanted: 'a number from 0 to 1',
    remedy: 'Usual values are 0 to 0.2',
  });
}
