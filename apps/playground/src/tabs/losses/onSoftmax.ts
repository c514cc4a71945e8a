import { silence, softmax, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { mseLoss, softmaxCrossEntropy } from '@tapegrad/nn';

// The logits 1 and 0 look like probabilities, and are none: the slider just stands there.
silence('PROBABILITIES_AS_LOGITS');

/** How many classes the softmax is over. */
export type ClassCount = 2 | 3;

/** The two losses of one logit z: that of the true class, where all others are 0. */
export interface OnSoftmax {
  readonly z: readonly number[];
  /** The probability of the true class. */
  readonly probability: readonly number[];
  readonly crossEntropy: LossOfLogit;
  readonly squaredError: LossOfLogit;
}

/** A loss, and its gradient by each of the logits; the true class is the first. */
export interface LossOfLogit {
  readonly values: readonly number[];
  readonly gradients: readonly (readonly number[])[];
}

/** Cross-entropy and squared error on a softmax at these logits of the true class, with their gradients by the tape. */
export function onSoftmaxAt(z: readonly number[], classes: ClassCount): OnSoftmax {
  const rows = (first: (row: number) => number): number[][] =>
    z.map((_, row) => Array.from({ length: classes }, (_, column) => (column === 0 ? first(row) : 0)));
  const target = rows(() => 1);
  using tape = new Tape();
  const watched = tape.watch(
    tensor(
      rows((row) => z[row]),
      { dtype: 'float64' },
    ),
    'logits',
  );
  const probabilities = softmax(watched);
  const entropies = softmaxCrossEntropy(watched, target, { reduction: 'none' });
  const squares = mseLoss(probabilities, target, { reduction: 'none' });
  const gradientsOf = (losses: Tensor): number[][] => rowsOf(tape.gradients(sum(losses)).get(watched), classes);
  return {
    z,
    probability: rowsOf(probabilities, classes).map(([first]) => first),
    crossEntropy: { values: [...entropies.read()], gradients: gradientsOf(entropies) },
    squaredError: { values: [...sum(squares, { axes: -1 }).read()], gradients: gradientsOf(squares) },
  };
}

const rowsOf = (x: Tensor, length: number): number[][] => {
  const flat = [...x.read()];
  return Array.from({ length: flat.length / length }, (_, row) => flat.slice(row * length, (row + 1) * length));
};
