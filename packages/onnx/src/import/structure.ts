import { sizeOf } from '@tapegrad/core/authors';
import { Broadcast, Dropout, Elementwise, Flatten, Permute, Reshape } from '@tapegrad/nn';
import { elementTypes, integerTypes } from '../format/elements.ts';
import { taken } from './choices.ts';
import { isShapeOf, reshaped } from './reshaping.ts';
import {
  alongBatch,
  axesOf,
  otherShape,
  recipe,
  resolved,
  type Step,
  type Translate,
  type Translation,
} from './translate.ts';

/** Nodes that change the shape, the order of axes or nothing, by operation. */
export const structure: Readonly<Record<string, Translate>> = {
  /** All axes before the given one become rows, which here are the batch. */
  Flatten: (translation) => {
    const { attributes, inputShape } = translation;
    const axis = resolved(attributes.whole('axis', 1), inputShape);
    const isRows = axis >= 1 && inputShape.slice(0, axis - 1).every((length) => length === 1);
    if (!isRows) throw attributes.refuse('axis', `${axis}`, 'axis 1: one row for each example');
    return recipe(() => new Flatten());
  },
  Reshape: (translation) => {
    const { node, attributes, inputShape, batch } = translation;
    const wanted = translation.shapeValue(node.inputs[1]);
    // Without a 0 in the shape it means the same either way.
    if (wanted.includes(0)) attributes.only('allowzero', 0);
    attributes.ignore('allowzero');
    const [rows, ...rest] = wanted;
    const isBatch =
      rows === 'batch' || rows === 0 || (rows === -1 && !rest.includes(-1)) || (batch !== undefined && rows === batch);
    const lengths = rest.map((length, at) => (length === 0 ? inputShape[at] : length));
    return reshaped(translation, isBatch ? lengths : undefined, wanted);
  },
  Squeeze: (translation) => {
    const { inputShape } = translation;
    const axes = axesOf(
      translation,
      inputShape.flatMap((length, at) => (length === 1 ? [at + 1] : [])),
    );
    const isOne = axes.every((axis) => axis >= 1 && inputShape[axis - 1] === 1);
    const lengths = inputShape.filter((_, at) => !axes.includes(at + 1));
    return reshaped(translation, isOne ? lengths : undefined, axes);
  },
  Unsqueeze: (translation) => {
    const { node, inputShape, shelf, attributes } = translation;
    const given = shelf.optional(node.label, node.inputs[1], 'list of axes');
    const axes = given ? shelf.wholes(node.label, given) : attributes.wholes('axes', []);
    const rank = inputShape.length + 1 + axes.length;
    const added = axes.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
    if (added.some((axis) => axis < 1 || axis >= rank)) throw alongBatch(translation, `new axes [${added}]`);
    const lengths = [...inputShape];
    for (const axis of added) lengths.splice(axis - 1, 0, 1);
    return reshaped(translation, lengths, added);
  },
  Transpose: (translation) => {
    const { attributes, inputShape } = translation;
    const rank = inputShape.length + 1;
    const order = attributes.wholes('perm', [...Array(rank).keys()].reverse(), rank);
    if (order[0] !== 0) throw alongBatch(translation, `axes in the order [${order}]`);
    return permuted(order);
  },
  Expand: (translation) => {
    const { node, inputShape } = translation;
    const [, ...lengths] = translation.shapeValue(node.inputs[1]);
    const wanted = inputShape.map((length, at) => {
      const asked = lengths[at - inputShape.length + lengths.length];
      return asked === 1 || asked === undefined || asked === 'batch' ? length : asked;
    });
    return repeated(translation, wanted);
  },
  /** Each axis as often as it is said, one behind the other. */
  Tile: (translation) => {
    const { node, inputShape } = translation;
    const [first, ...times] = translation.shapeValue(node.inputs[1]);
    if (first !== 1) throw alongBatch(translation, `${first} times the batch`);
    return inputShape.flatMap((length, at) => {
      const count = Number(times[at]);
      if (!(count >= 1 && count * length <= 4096))
        throw otherShape(translation, `what can be repeated [${times}] times`);
      const shape = inputShape.map((each, axis) => (axis < at ? each * Number(times[axis]) : each));
      const indices = Array.from({ length: count * length }, (_, index) => index % length);
      return count === 1 ? [] : taken({ ...translation, inputShape: shape }, at + 1, indices);
    });
  },
  /** Channels in groups of size², each a pixel of a square: `[C·b², H, W]` to `[C, H·b, W·b]`. */
  DepthToSpace: (translation) => {
    const { attributes, inputShape } = translation;
    const [channels, height, width] = ofImages(translation);
    const size = attributes.whole('blocksize', 0);
    const isColumnFirst = attributes.word('mode', ['DCR', 'CRD']) === 'DCR';
    const rest = channels / size ** 2;
    if (!(size >= 1 && Number.isInteger(rest)))
      throw attributes.refuse('blocksize', `${size}`, `one for ${inputShape[0]}`);
    const parts = isColumnFirst ? [size, size, rest, height, width] : [rest, size, size, height, width];
    const order = isColumnFirst ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3];
    return moved(parts, order, [rest, height * size, width * size]);
  },
  SpaceToDepth: (translation) => {
    const { attributes, inputShape } = translation;
    const [channels, height, width] = ofImages(translation);
    const size = attributes.whole('blocksize', 0);
    const [rows, columns] = [height / size, width / size];
    const isWhole = size >= 1 && Number.isInteger(rows) && Number.isInteger(columns);
    if (!isWhole) throw attributes.refuse('blocksize', `${size}`, `a divisor of ${inputShape.slice(1)}`);
    const parts = [channels, rows, size, columns, size];
    return moved(parts, [0, 3, 5, 1, 2, 4], [channels * size ** 2, rows, columns]);
  },
  Dropout: ({ node, attributes, shelf }) => {
    attributes.ignore('seed');
    attributes.ignore('is_test');
    const given = shelf.optional(node.label, node.inputs[1], 'ratio');
    const rate = given ? Number(shelf.number(node.label, given).toPrecision(6)) : attributes.float('ratio', 0.5);
    return recipe(() => new Dropout({ rate }));
  },
  Identity: ({ node }) => {
    for (const part of node.roles?.nodes.values() ?? []) part.attributes.ignore('axes');
    return undefined;
  },
  Cast: ({ attributes, shelf, holds }) => {
    attributes.ignore('saturate');
    const type = attributes.whole('to', 0);
    if (type === elementTypes.bool) return holds === 'truths' ? undefined : isOther;
    if (holds && integerTypes.has(type)) return undefined;
    attributes.only('to', shelf.dtype === 'float32' ? elementTypes.float : elementTypes.double);
    return undefined;
  },
};

/** |sign(x)|: 1 for all numbers but 0. */
const isOther: readonly Step[] = (['sign', 'abs'] as const).map((operation) =>
  recipe(() => new Elementwise({ operation })),
);

function ofImages(translation: Translation): readonly number[] {
  if (translation.inputShape.length === 3) return translation.inputShape;
  throw otherShape(translation, '[channels, height, width]');
}

/** Axes divided, put into another order, and brought together again. */
function moved(parts: readonly number[], order: readonly number[], shape: readonly number[]): readonly Step[] {
  return [
    recipe(() => new Reshape({ shape: parts })),
    recipe(() => new Permute({ order })),
    recipe(() => new Reshape({ shape })),
  ];
}

function permuted(order: readonly number[]): Step | undefined {
  return order.every((axis, at) => axis === at) ? undefined : recipe(() => new Permute({ order }));
}

/** Axes of length 1 repeated; nothing where the shape stays. */
function repeated(translation: Translation, shape: readonly number[]): Step | undefined {
  const { node, inputShape, shelf } = translation;
  if (isShapeOf(shape, inputShape)) return undefined;
  const fits = inputShape.every((length, at) => length === 1 || length === shape[at]);
  const size = sizeOf(shape);
  if (!fits || !(size >= 1 && size < 2 ** 40)) {
    throw otherShape(translation, `what ${node.op} can repeat to [${shape.slice(0, 8)}], along axes of length 1`);
  }
  // As many numbers as come out, so that a short file cannot ask for a huge image.
  shelf.spend(size);
  return recipe(() => new Broadcast({ shape }));
}
