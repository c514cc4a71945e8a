import {
  formatShape,
  type Numbers,
  type Shape,
  ShapeError,
  Tensor,
  type TensorLike,
  tensor,
  ValueError,
} from '@tapegrad/core';
import { allocate, allocateFloats, sameShape, sizeOf } from '@tapegrad/core/authors';

/** Class indices as checked numbers, one for each row; {@link ignored} where a row is ignored. */
export type ClassIndices = Int32Array;

/** Instead of the class of a row that is ignored. */
export const ignored = -1;

/** What a target turned out to be: an index for each row of logits, or a distribution over the classes. */
export type ClassTarget =
  | { readonly kind: 'indices'; readonly indices: ClassIndices }
  | { readonly kind: 'distribution'; readonly distribution: TensorLike };

/** Which axis of the logits holds the classes: axis 1 of `[batch, classes, …]`, axis 0 of a single row `[classes]`. */
export function classAxis(logits: Shape): number {
  return logits.length === 1 ? 0 : 1;
}

/**
 * Tells by its shape what a target is: the shape of the logits without their class axis holds class indices, their very
 * shape holds a distribution (one-hot or probabilities).
 *
 * @throws ShapeError when it is neither
 * @throws ValueError when an index is not a whole number from 0 to classes - 1, and not `ignoreIndex`
 */
export function readClassTarget(
  operation: string,
  logits: Tensor,
  target: TensorLike,
  ignoreIndex: number,
): ClassTarget {
  const axis = classAxis(logits.shape);
  const rows = logits.shape.toSpliced(axis, 1);
  const read = target instanceof Tensor ? target : tensor(target as Numbers, { dtype: 'float64' });
  if (sameShape(read.shape, logits.shape)) return { kind: 'distribution', distribution: target };
  if (!sameShape(read.shape, rows)) throw wrongShape(operation, logits.shape, read.shape, rows);
  const classes = logits.shape[axis];
  const numbers = read.read();
  const indices = allocate(Int32Array, numbers.length);
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row];
    const isIgnored = value === ignoreIndex;
    if (!isIgnored && !(Number.isInteger(value) && value >= 0 && value < classes)) {
      throw wrongIndex(operation, Array.from(numbers), row, classes);
    }
    indices[row] = isIgnored ? ignored : value;
  }
  return { kind: 'indices', indices };
}

/**
 * Class indices as rows of zeros with a `confidence` at the class, times the weight of the class: the distribution that
 * the index stands for. Label smoothing spreads the rest evenly: (1 - s)·weight[y] at the class, and s/C·weight[c]
 * everywhere. A row that is ignored is all zero; any other is multiplied by the weight of its example.
 *
 * @returns numbers of the logits' shape, and the sum of the weights of the classes that occur
 */
export function spreadIndices(
  indices: ClassIndices,
  logits: Tensor,
  weight: ArrayLike<number> | undefined,
  labelSmoothing: number,
  exampleWeight?: ArrayLike<number>,
): { distribution: Float32Array | Float64Array; totalWeight: number } {
  const axis = classAxis(logits.shape);
  const classes = logits.shape[axis];
  const inner = sizeOf(logits.shape.slice(axis + 1));
  const distribution = allocateFloats(logits.dtype, logits.size);
  const share = labelSmoothing / classes;
  let totalWeight = 0;
  for (let row = 0, start = 0; row < indices.length; row++, start++) {
    // From the last column of an example to the first one of the next.
    if (row > 0 && row % inner === 0) start += (classes - 1) * inner;
    const index = indices[row];
    if (index === ignored) continue;
    const factor = exampleWeight ? exampleWeight[row] : 1;
    const own = weight ? factor * weight[index] : factor;
    totalWeight += own;
    if (share !== 0) {
      for (let c = 0; c < classes; c++) {
        distribution[start + c * inner] = share * (weight ? factor * weight[c] : factor);
      }
    }
    distribution[start + index * inner] += (1 - labelSmoothing) * own;
  }
  return { distribution, totalWeight };
}

/** Class weights as checked numbers. Throws a ShapeError unless there is one for each class. */
export function readClassWeights(
  operation: string,
  weight: Tensor | undefined,
  classes: number,
): Float32Array | Float64Array | undefined {
  if (weight === undefined) return undefined;
  if (sameShape(weight.shape, [classes])) return weight.toFlatArray();
  throw new ShapeError({
    operation,
    got: `weight is ${formatShape(weight.shape)}, with ${classes} classes`,
    wanted: `[${classes}], one weight for each class`,
    remedy: 'Give a weight of 1 to classes that are not special',
  });
}

function wrongShape(operation: string, logits: Shape, target: Shape, rows: Shape): ShapeError {
  const isColumn = sameShape(target, [...rows, 1]);
  return new ShapeError({
    operation,
    got: `logits are ${formatShape(logits)}, target is ${formatShape(target)}`,
    wanted: `class indices ${formatShape(rows)}, or probabilities ${formatShape(logits)}`,
    remedy: isColumn
      ? `Drop the last axis of the target, \`reshape(target, ${formatShape(rows)})\``
      : 'Give one target for each row of logits; check that logits and target are not exchanged',
  });
}

function wrongIndex(operation: string, numbers: readonly number[], wrong: number, classes: number): ValueError {
  const value = numbers[wrong];
  const startsAtOne = numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= classes);
  const isFractional = !Number.isInteger(value);
  return new ValueError({
    operation,
    got: `target[${wrong}] is ${value}, with ${classes} classes`,
    wanted: `whole numbers from 0 to ${classes - 1}`,
    remedy: isFractional
      ? 'Class indices are whole; probabilities need the shape of the logits'
      : startsAtOne
        ? 'The labels seem to start at 1: subtract 1 from all of them'
        : 'Check the labels, or mark rows to leave out with `ignoreIndex`',
  });
}
