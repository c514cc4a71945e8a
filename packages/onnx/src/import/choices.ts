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
 * Indices of one axis, `[…, 1]`, or of two neighbours, `[…, 2]`, each of which has axes of its own: as PyTorch's newer exporter
 * writes what takes pixels by rows and columns. The axes of the indices stand where those of the value stood.
 */
export function chosenAlong(translation: Translation, axes: readonly number[], name: string): readonly Step[] {
  const { node, shelf, inputShape } = translation;
  const constant = shelf.constant(node.label, name, 'list of indices');
  const [count, ...dims] = constant.shape.toReversed();
  const lists = sizeOf(dims) <= mostIndices ? listsOf(constant, dims.reverse(), count) : undefined;
  if (!lists || sizeOf(dims) === 0) throw noList(translation, constant);
  let shape = inputShape;
  const steps: Step[] = [];
  lists.forEach((list, at) => {
    const axis = axes[at];
    const current = { ...translation, inputShape: shape };
    steps.push(...taken(current, axis, within(current, axis, list)));
    shape = shape.map((length, each) => (each === axis - 1 ? list.length : length));
  });
  const first = Math.min(...axes.slice(0, count)) - 1;
  if (dims.length !== count) {
    const whole = [...inputShape.slice(0, first), ...dims, ...inputShape.slice(first + count)];
    steps.push(recipe(() => new Reshape({ shape: whole })));
  }
  return steps;
}

/** The indices of one axis, or of rows and of columns by themselves; `undefined` where these belong together in another way. */
function listsOf(
  constant: Constant,
  dims: readonly number[],
  count: number,
): readonly (readonly number[])[] | undefined {
  const all = [...constant.read()];
  if (count === 1) return [all];
  for (let split = 1; split < dims.length; split++) {
    const columns = sizeOf(dims.slice(split));
    const down = all.filter((_, at) => at % (2 * columns) === 0);
    const across = all.slice(0, 2 * columns).filter((_, at) => at % 2 === 1);
    const isGrid = down.every((y, row) =>
      across.every((x, column) => {
        const at = 2 * (row * columns + column);
        return all[at] === y && all[at + 1] === x;
      }),
    );
    if (isGrid) return [down, across];
  }
  return undefined;
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
