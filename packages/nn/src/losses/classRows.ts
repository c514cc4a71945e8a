import {
  formatShape,
  type Numbers,
  type Shape,
  ShapeError,
  Tensor,
  type TensorLike,
  tensor,
  where,
} from '@tapegrad/core';
import { type OptionNames, sameShape, sizeOf } from '@tapegrad/core/authors';
import { type ClassIndices, classAxis, ignored, readClassTarget, spreadIndices } from './classTarget.ts';
import { readExampleWeight } from './exampleWeight.ts';
import type { LossOptions } from './lossOptions.ts';

/** What a loss over class indices reads from its operands. */
export interface ClassRows {
  /** The scores, with 0 in the rows that are ignored, so that a NaN there reaches neither loss nor gradient. */
  readonly scores: Tensor;
  /** The class of each row; `ignored` where it is ignored. */
  readonly indices: ClassIndices;
  /** The axis of the scores that holds the classes. */
  readonly axis: number;
  readonly classes: number;
  /** Of the shape of the scores: 1 at the class of each row, else 0; nothing but 0 in a row that is ignored. */
  readonly oneHot: Tensor;
  /** One for each row: the weight of its class times that of its example, 0 where the row is ignored. */
  readonly weights: Tensor;
  /** The number of rows that count, each as often as its example weighs. */
  readonly count: number;
  /** The sum of the weights of the rows that count. */
  readonly totalWeight: number;
}

/** What losses over class indices have in common among their options. */
export interface ClassRowOptions extends LossOptions {
  /** The class index of rows to leave out; may lie outside the classes. Default: -100. */
  readonly ignoreIndex?: number;
}

export const classRowOptions: OptionNames<ClassRowOptions> = {
  ignoreIndex: 'optional',
  exampleWeight: 'optional',
  reduction: 'optional',
};

/**
 * Reads class indices against scores `[batch, classes, …]` or `[classes]`.
 *
 * @param name what the loss calls its scores: `logits`, `logProbabilities`
 * @param weight one for each class; without it they are 1
 * @throws ShapeError when there is not one index for each row
 * @throws ValueError when an index is not a whole number from 0 to classes - 1, and not `ignoreIndex`
 */
export function readClassRows(
  operation: string,
  name: string,
  scores: Tensor,
  target: TensorLike,
  weight: ArrayLike<number> | undefined,
  { ignoreIndex = -100, exampleWeight }: ClassRowOptions,
): ClassRows {
  const axis = classAxis(scores.shape);
  const indices = readIndices(operation, name, scores, target, ignoreIndex);
  const { distribution } = spreadIndices(indices, scores, undefined, 0);
  const rows = scores.shape.toSpliced(axis, 1);
  const each = readExampleWeight(operation, exampleWeight, rows);
  const counts = Float64Array.from(indices, (index, row) => (index === ignored ? 0 : (each?.[row] ?? 1)));
  const weights = counts.map((count, row) => count * (weight?.[Math.max(0, indices[row])] ?? 1));
  return {
    scores: leaveOut(scores, indices),
    indices,
    axis,
    classes: scores.shape[axis],
    oneHot: tensor(distribution, { shape: scores.shape }),
    weights: tensor(weights, { shape: rows, dtype: scores.dtype }),
    count: sumOf(counts),
    totalWeight: sumOf(weights),
  };
}

const sumOf = (numbers: Float64Array): number => numbers.reduce((total, number) => total + number, 0);

function readIndices(
  operation: string,
  name: string,
  scores: Tensor,
  target: TensorLike,
  ignoreIndex: number,
): ClassIndices {
  const read = target instanceof Tensor ? target : tensor(target as Numbers, { dtype: 'float64' });
  const rows = scores.shape.toSpliced(classAxis(scores.shape), 1);
  if (scores.rank > 0 && sameShape(read.shape, rows)) {
    const known = readClassTarget(operation, scores, read, ignoreIndex);
    if (known.kind === 'indices') return known.indices;
  }
  throw new ShapeError({
    operation,
    got: `${name} are ${formatShape(scores.shape)}, target is ${formatShape(read.shape)}`,
    wanted: scores.rank === 0 ? `${name} of shape [batch, classes, …]` : `class indices ${formatShape(rows)}`,
    remedy: wayOut(scores.shape, read.shape, rows),
  });
}

function wayOut(scores: Shape, target: Shape, rows: Shape): string {
  if (scores.length === 0) return 'Give at least one row of scores, one for each class';
  if (sameShape(target, scores)) {
    return 'Give the index of the right class of each row; `predictions` turns one-hot rows into indices';
  }
  if (sizeOf(target) === sizeOf(rows)) return `Reshape the target, \`reshape(target, ${formatShape(rows)})\``;
  return 'Give one class index for each row of scores';
}

/** Rows that are ignored get scores of 0, so that a NaN or an infinity in them does not reach the gradient. */
export function leaveOut(scores: Tensor, indices: ClassIndices): Tensor {
  if (!indices.includes(ignored)) return scores;
  const counts = Float64Array.from(indices, (index) => (index === ignored ? 0 : 1));
  const kept = scores.shape.with(classAxis(scores.shape), 1);
  return where(tensor(counts, { shape: kept, dtype: scores.dtype }), scores, 0);
}
