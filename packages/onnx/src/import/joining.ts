import { Concat, Embedding, Reshape } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { joined } from './arithmetic.ts';
import { cut } from './slices.ts';
import {
  alongBatch,
  otherShape,
  type Recipe,
  recipe,
  resolved,
  type Step,
  type Translate,
  type Translation,
} from './translate.ts';

/** What takes values at any of its inputs, by operation. */
export const joins: Readonly<Record<string, Translate>> = {
  Concat: (translation) => {
    const { node, attributes, data, inputShape } = translation;
    const axis = resolved(attributes.whole('axis', 1), inputShape);
    if (axis < 1) throw alongBatch(translation, `a concatenation along axis ${axis}`);
    if (data.length === node.inputs.length) {
      return data.length === 1 ? undefined : joined(translation, () => new Concat({ axis }));
    }
    throw new OnnxError({
      operation: node.label,
      got: 'a concatenation with a constant',
      wanted: 'values that depend on the inputs',
      remedy: 'Replace the layer before the export',
    });
  },
  /** Rows of a table by indices, or of a value by indices that stand in the file. */
  Gather: (translation) => {
    const { data, attributes, node } = translation;
    node.roles?.nodes.get('Cast')?.attributes.ignore('to');
    if (node.roles || (data.length === 1 && data[0].index === 1)) return table(translation);
    return rows(translation, attributes.whole('axis', 0));
  },
};

function table(translation: Translation): Recipe {
  const { node, attributes, shelf } = translation;
  attributes.only('axis', 0);
  const name = node.roles ? node.roles.constants.get('weight') : node.inputs[0];
  const constant = shelf.constant(node.label, name, 'table');
  if (constant.shape.length !== 2) throw otherShape(translation, 'indices into rows of numbers');
  const weight = shelf.weight(node.label, constant);
  const [count, features] = weight.shape;
  return recipe(() => new Embedding({ count, features, initialiser: () => weight }), { weight });
}

/** Some indices of an axis that stand in a row; a single one without axes drops the axis. */
function rows(translation: Translation, along: number): readonly Step[] {
  const { node, inputShape, shelf } = translation;
  const axis = resolved(along, inputShape);
  if (axis < 1) throw alongBatch(translation, `a choice along axis ${axis}`);
  const constant = shelf.constant(node.label, node.inputs[1], 'list of indices');
  const length = inputShape[axis - 1];
  const indices = shelf.wholes(node.label, constant).map((index) => (index < 0 ? index + length : index));
  const [first] = indices;
  const isRow =
    indices.length > 0 && indices.every((index, at) => index === first + at && index >= 0 && index < length);
  if (!isRow) {
    throw new OnnxError({
      operation: node.label,
      got: `the indices [${indices.slice(0, 8).join(', ')}] of ${length}`,
      wanted: 'neighbouring indices, in order',
      remedy: 'Replace the layer before the export',
    });
  }
  const kept = cut(translation, [{ axis, start: first, end: first + indices.length, step: 1 }]);
  if (constant.shape.length > 0) return kept;
  const shape = inputShape.filter((_, at) => at !== axis - 1);
  return [...kept, recipe(() => new Reshape({ shape }))];
}
