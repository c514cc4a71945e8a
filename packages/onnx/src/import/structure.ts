import { formatShape, type Shape, type Tensor, transpose } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { Dense, Dropout, Embedding, Flatten, Reshape } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { elementTypes } from '../format/elements.ts';
import { otherShape, type Recipe, recipe, type Translate, type Translation } from './translate.ts';

/** Dense layers, tables, and nodes that change the shape or nothing, by operation. */
export const structure: Readonly<Record<string, Translate>> = {
  Gemm: (translation) => {
    const { node, attributes } = translation;
    for (const [name, wanted] of [
      ['alpha', 1],
      ['beta', 1],
      ['transA', 0],
    ] as const)
      attributes.only(name, wanted);
    return dense(translation, node.inputs[1], node.inputs[2], attributes.whole('transB', 0) !== 0);
  },
  MatMul: (translation) => {
    const { node } = translation;
    const names = node.roles ? ['weight', 'bias'].map((role) => node.roles?.constants.get(role)) : [node.inputs[1]];
    return dense(translation, names[0], names[1], false);
  },
  Gather: (translation) => {
    const { node, attributes, shelf } = translation;
    attributes.only('axis', 0);
    node.roles?.nodes.get('Cast')?.attributes.ignore('to');
    const name = node.roles ? node.roles.constants.get('weight') : node.inputs[0];
    const table = shelf.constant(node.label, name, 'table');
    if (table.shape.length !== 2) throw otherShape(translation, 'indices into rows of numbers');
    const weight = shelf.weight(node.label, table);
    const [count, features] = weight.shape;
    return recipe(() => new Embedding({ count, features, initialiser: () => weight }), { weight });
  },
  Flatten: (translation) => {
    const axis = translation.attributes.whole('axis', 1);
    const rank = translation.inputShape.length + 1;
    if ((axis < 0 ? axis + rank : axis) !== 1)
      throw translation.attributes.refuse('axis', `${axis}`, 'axis 1: one row for each example');
    return recipe(() => new Flatten());
  },
  Reshape: (translation) => {
    const { node, attributes, inputShape, batch } = translation;
    attributes.only('allowzero', 0);
    const wanted = translation.shapeValue(node.inputs[1]);
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
  Dropout: ({ node, attributes, shelf }) => {
    attributes.ignore('seed');
    const given = shelf.optional(node.label, node.inputs[1], 'ratio');
    const rate = given ? Number(shelf.number(node.label, given).toPrecision(6)) : attributes.float('ratio', 0.5);
    return recipe(() => new Dropout({ rate }));
  },
  Identity: () => undefined,
  Cast: ({ attributes, shelf }) => {
    attributes.only('to', shelf.dtype === 'float32' ? elementTypes.float : elementTypes.double);
    return undefined;
  },
};

/** y = x·W + b, with a weight `[in, out]`, or `[out, in]` if it is transposed. */
function dense(
  translation: Translation,
  weightName: string | undefined,
  biasName: string | undefined,
  isTransposed: boolean,
): Recipe {
  const { node, inputShape, shelf } = translation;
  const constant = shelf.constant(node.label, weightName, 'weight');
  if (inputShape.length !== 1) throw otherShape(translation, '[features]: rows, not images');
  if (constant.shape.length !== 2 || constant.shape[isTransposed ? 1 : 0] !== inputShape[0]) {
    throw new OnnxError({
      operation: node.label,
      got: `inputs of shape ${formatShape(inputShape)} and a weight of ${formatShape(constant.shape.slice(0, 8))}`,
      wanted: isTransposed ? `a weight [out, ${inputShape[0]}]` : `a weight [${inputShape[0]}, out]`,
      remedy: 'Check that the file is whole',
    });
  }
  const given = shelf.weight(node.label, constant);
  const weight = isTransposed ? given : transpose(given);
  const [outFeatures] = weight.shape;
  const bias: Tensor | undefined = biasName
    ? shelf.weight(node.label, shelf.constant(node.label, biasName, 'bias'), [outFeatures])
    : undefined;
  return recipe(() => new Dense({ outFeatures, bias: bias !== undefined, initialiser: () => weight }), {
    weight,
    bias,
  });
}

/** A reshaping as no layer, where nothing changes, as a flattening, or as a shape of its own. */
function reshaped(
  translation: Translation,
  lengths: readonly (number | 'batch')[] | undefined,
  wanted: readonly unknown[],
): Recipe | undefined {
  const { node, inputShape } = translation;
  if (lengths && isShape(lengths, inputShape)) return undefined;
  if (lengths?.length === 1 && isShape(lengths, [sizeOf(inputShape)])) return recipe(() => new Flatten());
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
  const isWhole = shape.length > 0 && shape.every((length) => Number.isSafeInteger(length) && length >= 1);
  const isOpenOnce = numbers.filter((length) => length === -1).length <= 1;
  return isWhole && isOpenOnce && shape.length === lengths.length && sizeOf(shape) === size ? shape : undefined;
}

function isShape(lengths: readonly (number | 'batch')[], shape: Shape): boolean {
  const unknown = lengths.filter((length) => length === -1).length;
  return (
    lengths.length === shape.length &&
    unknown <= 1 &&
    lengths.every((length, at) => length === -1 || length === shape[at])
  );
}

/** The axes of a node, counted with the batch axis: an option, or since opset 13 an input. */
function axesOf({ node, attributes, inputShape, shelf }: Translation, fallback: readonly number[]): readonly number[] {
  const rank = inputShape.length + 1;
  const given = node.inputs[1]
    ? shelf.wholes(node.label, shelf.constant(node.label, node.inputs[1], 'list of axes'))
    : undefined;
  return (given ?? attributes.wholes('axes', fallback)).map((axis) => (axis < 0 ? axis + rank : axis));
}
