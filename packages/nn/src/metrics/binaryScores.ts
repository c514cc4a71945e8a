import { formatShape, ShapeError, Tensor, type TensorLike, tensor, ValueError } from '@tapegrad/core';
import { checkTensorLike } from '@tapegrad/core/authors';

/**
 * Scores and labels of two classes as checked numbers.
 *
 * @throws ShapeError when they are not `[batch]`, or `[batch, 1]`, both of one length
 * @throws ValueError when a label is neither 0 nor 1, or a score is NaN
 */
export function readScores(
  operation: string,
  scores: TensorLike,
  labels: TensorLike,
): { readonly scores: readonly number[]; readonly labels: readonly number[] } {
  const [read, wanted] = [read1(operation, 'scores', scores), read1(operation, 'labels', labels)];
  if (read.length !== wanted.length) {
    throw new ShapeError({
      operation,
      got: `${read.length} scores and ${wanted.length} labels`,
      wanted: 'as many labels as scores',
      remedy: 'Give one label, 0 or 1, for each score',
    });
  }
  const odd = wanted.findIndex((label) => label !== 0 && label !== 1);
  const missing = read.findIndex(Number.isNaN);
  if (odd === -1 && missing === -1) return { scores: read, labels: wanted };
  throw new ValueError({
    operation,
    got: odd === -1 ? `scores[${missing}] is NaN` : `labels[${odd}] is ${wanted[odd]}`,
    wanted: odd === -1 ? 'numbers' : '0 or 1',
    remedy:
      odd === -1
        ? 'Look at where the model’s outputs became NaN'
        : 'Of several classes, take one against the others: 1 where it is that class',
  });
}

function read1(operation: string, name: string, x: TensorLike): readonly number[] {
  checkTensorLike(operation, name, x);
  const read = x instanceof Tensor ? x : tensor(x, { dtype: 'float64' });
  if (read.rank === 1 || (read.rank === 2 && read.shape[1] === 1)) return Array.from(read.read());
  throw new ShapeError({
    operation,
    got: `${name} are ${formatShape(read.shape)}`,
    wanted: '[batch], or [batch, 1]',
    remedy: 'Take the score of one class: `slice(probabilities, [null, 1])`',
  });
}
