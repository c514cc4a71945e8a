import { formatShape, operands, type Shape, type TensorLike, ValueError } from '@tapegrad/core';
import { sameShape, sizeOf } from '@tapegrad/core/authors';

/**
 * One factor for each loss, as numbers; those of `[batch]` are those of all losses of their example.
 *
 * @param shape that of the losses
 * @throws ValueError when there is not one for each example or loss, or one is negative or not finite
 */
export function readExampleWeight(
  operation: string,
  exampleWeight: TensorLike | undefined,
  shape: Shape,
): Float64Array | undefined {
  if (exampleWeight === undefined) return undefined;
  const given = operands(operation, { exampleWeight }).exampleWeight;
  const numbers = given.read();
  const fits = [shape, shape.slice(0, 1)].some((wanted) => sameShape(given.shape, wanted));
  if (!fits || !numbers.every((number) => number >= 0 && number < Infinity)) {
    throw new ValueError({
      operation,
      got: `exampleWeight is ${formatShape(given.shape)}, for losses of shape ${formatShape(shape)}`,
      wanted: 'finite numbers of at least 0, one for each example or for each loss',
      remedy: 'Give 1 to examples that are not special, 0 to those that do not count',
    });
  }
  const each = sizeOf(shape) / numbers.length;
  return Float64Array.from({ length: sizeOf(shape) }, (_, at) => numbers[Math.floor(at / each)]);
}
