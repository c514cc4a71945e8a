import { formatShape, type Shape } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { Flatten, Reshape } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { type Recipe, recipe, type Translation } from './translate.ts';

/** A reshaping as no layer, where nothing changes, as a flattening, or as a shape of its own. */
export function reshaped(
  translation: Translation,
  lengths: readonly (number | 'batch')[] | undefined,
  wanted: readonly unknown[],
): Recipe | undefined {
  const { node, inputShape } = translation;
  if (lengths && isShapeOf(lengths, inputShape)) return undefined;
  if (lengths?.length === 1 && isShapeOf(lengths, [sizeOf(inputShape)])) return recipe(() => new Flatten());
  const shape = lengths && worked(lengths, sizeOf(inputShape));
  if (shape) return recipe(() => new Reshape({ shape }));
  throw new OnnxError({
    operation: node.label,
    got: `a reshaping of ${formatShape(inputShape)}, without the batch axis, by [${wanted.slice(0, 8).join(', ')}]`,
    wanted: 'a shape for each example, with all of its numbers',
    remedy: 'Replace the layer before the export',
  });
}

/** The shape with its -1 worked out; `undefined` where it is not of that size. */
function worked(lengths: readonly (number | 'batch')[], size: number): number[] | undefined {
  const numbers = lengths.filter((length) => typeof length === 'number');
  const known = numbers.reduce((product, length) => (length === -1 ? product : product * length), 1);
  const shape = numbers.map((length) => (length === -1 ? size / known : length));
  const isWhole = shape.every((length) => Number.isSafeInteger(length) && length >= 1);
  const isOpenOnce = numbers.filter((length) => length === -1).length <= 1;
  return isWhole && isOpenOnce && shape.length === lengths.length && sizeOf(shape) === size ? shape : undefined;
}

/** Whether lengths, of which one may be open, are a shape. */
export function isShapeOf(lengths: readonly (number | 'batch')[], shape: Shape): boolean {
  const unknown = lengths.filter((length) => length === -1).length;
  return (
    lengths.length === shape.length &&
    unknown <= 1 &&
    lengths.every((length, at) => length === -1 || length === shape[at])
  );
}
