import { Concat, Embedding } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { joined } from './arithmetic.ts';
import { chosen } from './choices.ts';
import {
  alongBatch,
  otherShape,
  type Recipe,
  recipe,
  resolved,
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
    return chosen(translation, attributes.whole('axis', 0), node.inputs[1]);
  },
  /** Indices of an axis that is brought to the front and back again: `x[:, [2, 0]]` by PyTorch's newer exporter. */
  'turned GatherND': (translation) => {
    const { node, attributes } = translation;
    const parts = node.roles?.nodes;
    for (const role of ['there', 'GatherND']) {
      for (const name of ['perm', 'batch_dims']) parts?.get(role)?.attributes.ignore(name);
    }
    const [axis] = attributes.wholes('perm', []);
    return chosen(translation, axis, node.roles?.constants.get('indices') ?? '');
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
