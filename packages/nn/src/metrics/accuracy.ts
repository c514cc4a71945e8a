import { argMax, formatShape, ShapeError, Tensor, type TensorLike, tensor } from '@tapegrad/core';
import { checkSurplus, checkTensor, checkTensorLike } from '@tapegrad/core/authors';

/**
 * The class with the largest logit of each row, the first of equals; a NaN counts as the largest, as in PyTorch.
 *
 * @param logits `[batch, classes]`
 * @example predictions(tensor([[2, 1], [0, 3]])) // [0, 1]
 * @throws ShapeError when the logits are not a matrix with at least one class
 */
export function predictions(logits: Tensor, ...surplus: []): Uint32Array {
  checkSurplus('predictions', surplus);
  checkTensor('predictions', 'logits', logits);
  if (logits.rank !== 2 || logits.shape[1] === 0) {
    throw new ShapeError({
      operation: 'predictions',
      got: `logits are ${formatShape(logits.shape)}`,
      wanted: '[batch, classes]',
      remedy: 'Reshape them so that each row holds the logits of one sample',
    });
  }
  return new Uint32Array(argMax(logits, { axis: 1 }).data);
}

/**
 * The share of rows whose largest logit is that of the right class, from 0 to 1; NaN for no rows.
 *
 * @param logits `[batch, classes]`
 * @param labels class indices `[batch]`
 * @example accuracy(tensor([[2, 1], [0, 3]]), [0, 0]) // 0.5
 * @throws ShapeError when there is not one label for each row
 */
export function accuracy(logits: Tensor, labels: TensorLike, ...surplus: []): number {
  checkSurplus('accuracy', surplus);
  checkTensor('accuracy', 'logits', logits);
  checkTensorLike('accuracy', 'labels', labels);
  const predicted = predictions(logits);
  const wanted = labels instanceof Tensor ? labels : tensor(labels, { dtype: 'float64' });
  if (wanted.rank !== 1 || wanted.size !== predicted.length) {
    throw new ShapeError({
      operation: 'accuracy',
      got: `logits are ${formatShape(logits.shape)}, labels are ${formatShape(wanted.shape)}`,
      wanted: `labels of shape [${predicted.length}]`,
      remedy: 'Give one class index for each row',
    });
  }
  const numbers = wanted.read();
  let right = 0;
  for (let row = 0; row < predicted.length; row++) if (predicted[row] === numbers[row]) right++;
  return right / predicted.length;
}
