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
  const indices = within(translation, axis, indicesIn(translation, constant));
  const kept = taken(translation, axis, indices);
  if (constant.shape.length > 0) return kept;
  const shape = inputShape.filter((_, at) => at !== axis - 1);
  return [...kept, recipe(() => new Reshape({ shape }))];
}

/**
 * Indices of one axis, `[count, 1]`, or of two, `[rows, columns, 2]`: as PyTorch's newer exporter has them, for each axis by
 * itself.
 */
export function chosenAlong(translation: Translation, axes: readonly number[], name: string): readonly Step[] {
  const { node, shelf, inputShape } = translation;
  const constant = shelf.constant(node.label, name, 'list of indices');
  if (constant.shape.length === 2) return chosen(translation, axes[0], name);
  const [rows, columns] = constant.shape;
  if (rows * columns > mostIndices) throw noList(translation, constant);
  const pairs = constant.read();
  const [down, across] = [
    Array.from({ length: rows }, (_, row) => pairs[row * columns * 2]),
    Array.from({ length: columns }, (_, column) => pairs[column * 2 + 1]),
  ];
  const isGrid = down.every((y, row) =>
    across.every(
      (x, column) => pairs[2 * (row * columns + column)] === y && pairs[2 * (row * columns + column) + 1] === x,
    ),
  );
  if (!isGrid || rows * columns === 0) throw noList(translation, constant);
  const first = taken(translation, axes[0], within(translation, axes[0], down));
  const between = inputShape.map((length, at) => (at === axes[0] - 1 ? rows : length));
  const second = { ...translation, inputShape: between };
  return [...first, ...taken(second, axes[1], within(second, axes[1], across))];
}

/** Indices counted from the front, of which there are as many as the axis is long. */
export function within({ node, inputShape }: Translation, axis: number, given: readonly number[]): readonly number[] {
  const length = inputShape[axis - 1];
  const indices = given.map((index) => (index < 0 ? index + length : index));
  if (indices.length > 0 && indices.every((index) => index >= 0 && index < length)) return indices;
  throw new OnnxError({
    operation: node.label,
    got: `the indices [${indices.slice(0, 8).join(', ')}]`,
    wanted: `indices from ${-length} to ${length - 1}`,
    remedy: 'Check that the file is whole',
  });
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
  throw noList({ node }, constant);
}

function noList({ node }: Pick<Translation, 'node'>, { shape }: Constant): OnnxError {
  return new OnnxError({
    operation: node.label,
    got: `indices of shape [${shape.slice(0, 8).join(', ')}]`,
    wanted: `a list of at most ${mostIndices} whole numbers`,
    remedy: 'Replace the layer before the export',
  });
}
