import { sizeOf } from '@tapegrad/core/authors';
import { Reshape, Take } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import type { Constant } from './numbers.ts';
import { cut } from './slices.ts';
import { alongBatch, type Recipe, recipe, resolved, type Step, type Translation } from './translate.ts';

/** How many indices may be chosen. */
const mostIndices = 4096;

/** Some indices of an axis that stand in the file; a single one without axes drops the axis. */
export function chosen(translation: Translation, along: number, name: string): readonly Step[] {
  const { node, inputShape, shelf } = translation;
  const axis = resolved(along, inputShape);
  if (axis < 1 || axis > inputShape.length) throw alongBatch(translation, `a choice along axis ${axis}`);
  const constant = shelf.constant(node.label, name, 'list of indices');
  const length = inputShape[axis - 1];
  const indices = indicesIn(translation, constant).map((index) => (index < 0 ? index + length : index));
  if (indices.length === 0 || !indices.every((index) => index >= 0 && index < length)) {
    throw new OnnxError({
      operation: node.label,
      got: `the indices [${indices.slice(0, 8).join(', ')}]`,
      wanted: `indices from ${-length} to ${length - 1}`,
      remedy: 'Check that the file is whole',
    });
  }
  const kept = taken(translation, axis, indices);
  if (constant.shape.length > 0) return kept;
  const shape = inputShape.filter((_, at) => at !== axis - 1);
  return [...kept, recipe(() => new Reshape({ shape }))];
}

/** These indices of an axis: neighbours as a part of it, others one by one. */
export function taken(translation: Translation, axis: number, indices: readonly number[]): readonly Recipe[] {
  const [start] = indices;
  const isRow = indices.every((index, at) => index === start + at);
  if (isRow) return cut(translation, [{ axis, start, end: start + indices.length, step: 1 }]);
  const { inputShape, shelf } = translation;
  // As many numbers as come out, so that a short file cannot ask for a huge image.
  shelf.spend((sizeOf(inputShape) / inputShape[axis - 1]) * indices.length);
  return [recipe(() => new Take({ axis, indices }))];
}

/** A list of indices, each of which may have an axis of its own. */
function indicesIn({ node, shelf }: Translation, constant: Constant): readonly number[] {
  const { shape } = constant;
  const size = sizeOf(shape);
  const isList = shape.length <= 1 || (shape.length === 2 && shape[1] === 1);
  const numbers = isList && size <= mostIndices ? [...constant.read()] : [];
  shelf.spend(numbers.length);
  if (isList && numbers.length === size && numbers.every((number) => Number.isInteger(number))) return numbers;
  throw new OnnxError({
    operation: node.label,
    got: `indices of shape [${shape.slice(0, 8).join(', ')}]`,
    wanted: `a list of at most ${mostIndices} whole numbers`,
    remedy: 'Replace the layer before the export',
  });
}
