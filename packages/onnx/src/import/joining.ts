import { Concat, Embedding, Permute, Reshape } from '@tapegrad/nn';
import { joined } from './arithmetic.ts';
import { chosen, chosenAlong, taken, within } from './choices.ts';
import { partsOf } from './comparisons.ts';
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
    return { ...joined(translation, () => new Concat({ axis })), parts: partsOf(translation) };
  },
  /** Rows of a table by indices, or of a value by indices that stand in the file. */
  Gather: (translation) => {
    const { data, attributes, node } = translation;
    node.roles?.nodes.get('Cast')?.attributes.ignore('to');
    if (node.roles || (data.length === 1 && data[0].index === 1)) return table(translation);
    return chosen(translation, attributes.whole('axis', 0), node.inputs[1]);
  },
  /** One index of an axis that stands in front of the batch: queries, keys and values that one layer has made. */
  'part of turned': (translation) => {
    const { node, attributes, inputShape, shelf } = translation;
    const { nodes, constants } = node.roles ?? {};
    attributes.ignore('axis');
    const [axis, ...order] = nodes?.get('there')?.attributes.wholes('perm', []) ?? [];
    const split = nodes?.get('Split');
    split?.attributes.ignore('axis');
    split?.attributes.ignore('num_outputs');
    const numberOf = (role: string): number =>
      shelf.number(node.label, shelf.constant(node.label, constants?.get(role), 'index'));
    const index = split?.share?.index ?? numberOf(constants?.has('index') ? 'index' : 'start');
    const length = split?.share?.count ?? inputShape[axis - 1];
    if (length !== inputShape[axis - 1]) throw otherShape(translation, `an axis that is divided into ${length}`);
    const kept = taken(translation, axis, within(translation, axis, [index]));
    const shape = inputShape.filter((_, at) => at !== axis - 1);
    const left = order.map((each) => (each > axis ? each - 1 : each));
    const isInOrder = left.every((each, at) => each === at);
    return [
      ...kept,
      recipe(() => new Reshape({ shape })),
      ...(isInOrder ? [] : [recipe(() => new Permute({ order: left }))]),
    ];
  },
  /** Indices of axes that are brought to the front and back again: `x[:, [2, 0]]` by PyTorch's newer exporter. */
  'turned GatherND': (translation) => {
    const { node, attributes } = translation;
    attributes.ignore('perm');
    const parts = node.roles?.nodes;
    parts?.get('GatherND')?.attributes.ignore('batch_dims');
    const axes = parts?.get('there')?.attributes.wholes('perm', []) ?? [];
    return chosenAlong(translation, axes, node.roles?.constants.get('indices') ?? '');
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
