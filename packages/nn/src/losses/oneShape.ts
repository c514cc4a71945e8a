import { formatShape, operands, ShapeError, type Tensor, type TensorLike } from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';

/**
 * The two sides of a regression loss. They must have one shape: broadcasting `[n]` against `[n, 1]` would compare every
 * pair, which is hardly ever meant.
 *
 * @throws ShapeError when the shapes differ
 */
export function readSides(
  operation: string,
  prediction: TensorLike,
  target: TensorLike,
): { prediction: Tensor; target: Tensor } {
  const sides = operands(operation, { prediction, target });
  checkOneShape(operation, sides);
  return sides;
}

/**
 * Expects two operands of a loss to have one shape: what broadcasts is hardly ever meant.
 *
 * @param operands the two, by the names of the loss's parameters
 * @throws ShapeError when the shapes differ
 */
export function checkOneShape(operation: string, operands: Readonly<Record<string, Tensor>>): void {
  const [[first, a], [second, b]] = Object.entries(operands);
  if (sameShape(a.shape, b.shape)) return;
  throw new ShapeError({
    operation,
    got: `${told(first, a)}, ${told(second, b)}`,
    wanted: 'one shape for both',
    remedy:
      a.size === b.size
        ? `Reshape one of them, for example \`reshape(${second}, ${formatShape(a.shape)})\`; broadcasting would compare every pair`
        : 'Give as many numbers for the one as for the other; here nothing is broadcast',
  });
}

function told(name: string, { shape }: Tensor): string {
  return `${name} ${name.endsWith('s') ? 'are' : 'is'} ${formatShape(shape)}`;
}
