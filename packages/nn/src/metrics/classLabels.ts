import { formatShape, type Numbers, ShapeError, Tensor, type TensorLike, tensor, ValueError } from '@tapegrad/core';
import { checkTensor, checkTensorLike } from '@tapegrad/core/authors';

/**
 * Class indices against logits `[batch, classes]`, as checked numbers.
 *
 * @throws ShapeError when the logits are not a matrix with at least one class, or there is not one label for each row
 * @throws ValueError when a label is not a whole number from 0 to classes - 1
 */
export function readLabels(operation: string, logits: Tensor, labels: TensorLike): readonly number[] {
  checkTensor(operation, 'logits', logits);
  checkTensorLike(operation, 'labels', labels);
  const [batch, classes] = logits.shape;
  const read = labels instanceof Tensor ? labels : tensor(labels as Numbers, { dtype: 'float64' });
  if (logits.rank !== 2 || classes === 0 || read.rank !== 1 || read.size !== batch) {
    throw new ShapeError({
      operation,
      got: `logits are ${formatShape(logits.shape)}, labels are ${formatShape(read.shape)}`,
      wanted: 'logits [batch, classes] and labels [batch]',
      remedy: 'Give one row of logits and one class index for each sample',
    });
  }
  const numbers = Array.from(read.read());
  const wrong = numbers.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (wrong === -1) return numbers;
  throw new ValueError({
    operation,
    got: `labels[${wrong}] is ${numbers[wrong]}, with ${classes} classes`,
    wanted: `whole numbers from 0 to ${classes - 1}`,
    remedy: 'Check that the labels start at 0, and belong to these logits',
  });
}
