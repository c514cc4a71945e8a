import {
  formatShape,
  operands,
  type Shape,
  ShapeError,
  type Tensor,
  type TensorLike,
  ValueError,
} from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';

/**
 * Operands of a loss that are compared vector by vector, `[batch, features]`.
 *
 * @param given by the names of the loss's parameters
 * @throws ShapeError when one has another shape than the first, or none is a row of vectors
 */
export function readVectors<Names extends string>(
  operation: string,
  given: Readonly<Record<Names, TensorLike>>,
): Readonly<Record<Names, Tensor>> {
  const inputs: Readonly<Record<Names, Tensor>> = operands<Record<Names, TensorLike>>(operation, given);
  const [first, ...others] = Object.entries<Tensor>(inputs);
  const fits = others.every(([, x]) => sameShape(x.shape, first[1].shape));
  if (first[1].rank === 2 && fits) return inputs;
  throw new ShapeError({
    operation,
    got: Object.entries<Tensor>(inputs)
      .map(([name, x]) => `${name} is ${formatShape(x.shape)}`)
      .join(', '),
    wanted: 'the same shape [batch, features] for all',
    remedy: 'Give one vector for each example; a single one needs a batch axis of length 1',
  });
}

/**
 * A target with one of two numbers for each pair of vectors.
 *
 * @throws ShapeError when there is not one for each pair
 * @throws ValueError when a number is another one
 */
export function readAnswers(
  operation: string,
  target: TensorLike,
  like: Tensor,
  [yes, no]: readonly [yes: number, no: number],
): Tensor {
  const wanted: Shape = like.shape.slice(0, 1);
  const answers = operands(operation, { like, target }).target;
  if (!sameShape(answers.shape, wanted)) {
    throw new ShapeError({
      operation,
      got: `target is ${formatShape(answers.shape)}, for pairs of shape ${formatShape(like.shape)}`,
      wanted: `${formatShape(wanted)}, one for each pair`,
      remedy: 'Reshape it, for example `reshape(target, [-1])`',
    });
  }
  const numbers = answers.read();
  const wrong = numbers.findIndex((number) => number !== yes && number !== no);
  if (wrong === -1) return answers;
  throw new ValueError({
    operation,
    got: `target[${wrong}] is ${numbers[wrong]}`,
    wanted: `${yes} or ${no}`,
    remedy: `Give ${yes} for two of the same kind, ${no} for two that differ`,
  });
}

/** Throws a ValueError unless a margin is a number from `least` to `most`, and finite. */
export function checkMargin(operation: string, margin: number, least: number, most: number): void {
  if (Number.isFinite(margin) && margin >= least && margin <= most) return;
  throw new ValueError({
    operation,
    got: `margin is ${margin}`,
    wanted: most === Infinity ? `a finite number of at least ${least}` : `a number from ${least} to ${most}`,
    remedy: 'Leave it out for the default',
  });
}
