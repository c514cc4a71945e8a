import { formatShape, type Shape, tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { BatchNorm, GroupNorm, InstanceNorm, type Layer, LayerNorm } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import type { GraphNode } from './graph.ts';
import type { Constant } from './numbers.ts';
import type { Shelf } from './shelf.ts';
import { otherShape, type Recipe, recipe, type Translate, type Translation } from './translate.ts';

/** Normalisations, by operation. */
export const normalisations: Readonly<Record<string, Translate>> = {
  BatchNormalization: (translation) => {
    const { node, inputShape, shelf } = translation;
    // Of rows that get an axis for it, the options stand at the node within.
    const own = node.roles?.nodes.get('BatchNormalization') ?? node;
    const { attributes } = own;
    for (const role of ['Unsqueeze', 'Squeeze']) node.roles?.nodes.get(role)?.attributes.ignore('axes');
    attributes.ignore('momentum');
    attributes.only('training_mode', 0);
    attributes.only('spatial', 1);
    const epsilon = attributes.float('epsilon', 1e-5);
    if (inputShape.length === 0) throw otherShape(translation, '[channels, …]');
    const channels = inputShape.slice(0, 1);
    const [weight, bias, mean, variance] = [1, 2, 3, 4].map((at) =>
      shelf.constant(node.label, own.inputs[at], ['', 'weight', 'bias', 'running mean', 'running variance'][at]),
    );
    const affine = isLearnt(shelf, weight, 1) || isLearnt(shelf, bias, 0);
    const take = (constant: Constant) => shelf.weight(node.label, constant, channels);
    const learnt = { running_mean: take(mean), running_var: take(variance) };
    return recipe(
      () => new BatchNorm({ epsilon, affine }),
      affine ? { weight: take(weight), bias: take(bias), ...learnt } : learnt,
    );
  },
  InstanceNormalization: (translation) => {
    const { node, attributes } = translation;
    const epsilon = attributes.float('epsilon', 1e-5);
    const make = (affine: boolean) => new InstanceNorm({ epsilon, affine });
    return perChannel(translation, make, node.inputs[1], node.inputs[2]);
  },
  GroupNormalization: (translation) => {
    const { node, attributes, inputShape, shelf, opset } = translation;
    attributes.ignore('stash_type');
    const groups = attributes.whole('num_groups', 0);
    const epsilon = attributes.float('epsilon', 1e-5);
    if (opset >= 21) {
      const make = (affine: boolean) => new GroupNorm({ groups, epsilon, affine });
      return perChannel(translation, make, node.inputs[1], node.inputs[2]);
    }
    // Before, there was one weight for each group.
    const [channels = 0] = inputShape;
    if (groups < 1 || channels % groups !== 0)
      throw attributes.refuse('num_groups', `${groups}`, `a divisor of ${channels}`);
    const take = (at: number, what: string) => {
      const each = shelf.weight(node.label, shelf.constant(node.label, node.inputs[at], what), [groups]).toFlatArray();
      shelf.spend(channels);
      return tensor(
        Float64Array.from({ length: channels }, (_, channel) => each[Math.floor((channel * groups) / channels)]),
      );
    };
    const learnt = { weight: take(1, 'weight'), bias: take(2, 'bias') };
    return recipe(() => new GroupNorm({ groups, epsilon }), learnt);
  },
  /** A reshaping to groups, an instance normalisation of them, and back; what is learnt comes behind. */
  'grouped normalisation': (translation) => {
    const { node, shelf, inputShape } = translation;
    const role = (name: string) => node.roles?.constants.get(name);
    const constant = (name: string) => shelf.constant(node.label, role(name), name);
    const [batch, groups, rest] = shelf.wholes(node.label, constant('rows'));
    const scale = shelf.weight(node.label, constant('ones'), [groups]).toFlatArray();
    const shift = shelf.weight(node.label, constant('zeros'), [groups]).toFlatArray();
    const isPlain = scale.every((number) => number === 1) && shift.every((number) => number === 0);
    if (rest !== -1 || (batch !== 0 && batch !== translation.batch) || !isPlain || inputShape.length === 0) {
      throw new OnnxError({
        operation: node.label,
        got: 'an instance normalisation of something else than groups of channels',
        wanted: 'one as GroupNorm of tapegrad is',
        remedy: 'Replace the layer before the export',
      });
    }
    const attributes = part(node, 'InstanceNormalization').attributes;
    const epsilon = attributes.float('epsilon', 1e-5);
    for (const name of ['rows', 'back']) part(node, name).attributes.ignore('allowzero');
    const back = translation.shapeValue(part(node, 'back').inputs[1]);
    const isBack = back.length === inputShape.length + 1 && inputShape.every((length, at) => back[at + 1] === length);
    if (!isBack) throw otherShape(translation, `the same shape again, not [${back.slice(0, 8).join(', ')}]`);
    const [weight, bias] = ['weight', 'bias'].map((name) => shelf.optional(node.label, role(name), name));
    const affine = (weight && isLearnt(shelf, weight, 1)) || (bias && isLearnt(shelf, bias, 0)) || false;
    const make = () => new GroupNorm({ groups, epsilon, affine });
    if (!affine) return recipe(make);
    const take = (name: string) =>
      shelf.along(node.label, constant(name), [1], inputShape.slice(0, 1), inputShape.length + 1);
    return recipe(make, { weight: take('weight'), bias: take('bias') });
  },
  LayerNormalization: (translation) => {
    const { node, attributes, inputShape } = translation;
    const axis = attributes.whole('axis', -1);
    return layerNorm(
      translation,
      attributes,
      fromAxis(translation, axis, inputShape.length + 1),
      node.inputs[1],
      node.inputs[2],
    );
  },
  /** With axes that are brought to the end, and back. */
  'turned LayerNormalization': (translation) => {
    const { node, attributes, inputShape } = translation;
    const rank = inputShape.length + 1;
    const inner = part(node, 'LayerNormalization').attributes;
    const first = part(node, 'there').attributes;
    const [there, back] = [first, attributes].map((each) => each.wholes('perm', [], rank));
    const isBack = there.every((axis, at) => back[axis] === at);
    if (!isBack) throw attributes.refuse('perm', `[${back.join(', ')}]`, `the way back from [${there.join(', ')}]`);
    const axes = fromAxis(translation, inner.whole('axis', -1), rank).map((axis) => there[axis]);
    // Weights lie in the order of the axes.
    if (axes.some((axis, at) => at > 0 && axis < axes[at - 1]))
      throw first.refuse('perm', `[${there}]`, 'axes in order');
    return layerNorm(translation, inner, axes, node.roles?.constants.get('weight'), node.roles?.constants.get('bias'));
  },
  /** (x - mean) / √(mean of the squares + epsilon), as exporters before opset 17 write it. */
  'written-out LayerNormalization': (translation) => {
    const { node, inputShape, shelf } = translation;
    const rank = inputShape.length + 1;
    const [mean, variance] = ['mean', 'variance'].map((role) => axesOf(translation, part(node, role)));
    if (mean.join() !== variance.join()) throw otherShape(translation, 'mean and variance over the same axes');
    const axes = mean.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
    const epsilon = shelf.number(
      node.label,
      shelf.constant(node.label, node.roles?.constants.get('epsilon'), 'epsilon'),
    );
    const [weight, bias] = ['weight', 'bias'].map((role) => node.roles?.constants.get(role));
    return normalised(translation, axes, Number(epsilon.toPrecision(6)), weight, bias);
  },
};

/** A normalisation with a weight and a bias for each channel, if they may be learnt. */
function perChannel(
  translation: Translation,
  layer: (affine: boolean) => Layer,
  weightName: string | undefined,
  biasName: string | undefined,
): Recipe {
  const { node, inputShape, shelf } = translation;
  const weight = shelf.optional(node.label, weightName, 'weight');
  const bias = shelf.optional(node.label, biasName, 'bias');
  const affine = (weight && isLearnt(shelf, weight, 1)) || (bias && isLearnt(shelf, bias, 0)) || false;
  const make = () => layer(affine);
  if (!affine) return recipe(make);
  const take = (name: string | undefined, what: string) =>
    shelf.weight(node.label, shelf.constant(node.label, name, what), inputShape.slice(0, 1));
  return recipe(make, { weight: take(weightName, 'weight'), bias: take(biasName, 'bias') });
}

function layerNorm(
  translation: Translation,
  attributes: Translation['attributes'],
  axes: readonly number[],
  weight: string | undefined,
  bias: string | undefined,
): Recipe {
  attributes.ignore('stash_type');
  const epsilon = attributes.float('epsilon', 1e-5);
  const rank = translation.inputShape.length + 1;
  const last = axes.map((_, at) => rank - axes.length + at);
  return normalised(translation, axes, epsilon, weight, bias, last);
}

function normalised(
  { node, inputShape, shelf }: Translation,
  axes: readonly number[],
  epsilon: number,
  weightName: string | undefined,
  biasName: string | undefined,
  shownAxes: readonly number[] = axes,
): Recipe {
  const weight = shelf.optional(node.label, weightName, 'weight');
  const bias = shelf.optional(node.label, biasName, 'bias');
  const affine = (weight && isLearnt(shelf, weight, 1)) || (bias && isLearnt(shelf, bias, 0)) || false;
  const make = () => new LayerNorm({ axes, epsilon, affine });
  if (!affine) return recipe(make);
  const factor = shelf.constant(node.label, weightName, 'weight');
  const lengths: Shape = axes.map((axis) => inputShape[axis - 1]);
  const rank = inputShape.length + 1;
  for (const { name, shape } of [factor, ...(bias ? [bias] : [])]) {
    // Weights lie along the last axes, and are repeated along those where their length is 1.
    const along = [...new Array<number>(Math.max(0, rank - shape.length)).fill(1), ...shape];
    const fits =
      along.length === rank && along.every((length, axis) => length === (lengths[shownAxes.indexOf(axis)] ?? 1));
    if (fits) continue;
    throw new OnnxError({
      operation: node.label,
      got: `${name} of shape ${formatShape(shape.slice(0, 8))}, for axes [${shownAxes.join(', ')}]`,
      wanted: `one number for each index along these axes, ${formatShape(lengths)}`,
      remedy: 'Replace the layer before the export',
    });
  }
  return recipe(make, {
    weight: shelf.weight(node.label, factor, lengths),
    bias: bias ? shelf.weight(node.label, bias, lengths) : shelf.zeros(lengths),
  });
}

/** Whether a factor or term may be learnt: it is no constant node of the number that changes nothing. */
function isLearnt(shelf: Shelf, constant: Constant, neutral: number): boolean {
  if (!constant.isNode) return true;
  shelf.spend(sizeOf(constant.shape));
  return constant.read().some((number) => number !== neutral);
}

/** All axes from one on, counted with the batch axis. */
export function fromAxis({ node, attributes, inputShape }: Translation, axis: number, rank: number): number[] {
  const first = axis < 0 ? axis + rank : axis;
  if (first < 1 || first >= rank)
    throw attributes.refuse('axis', `${axis}`, `an axis of ${node.op} behind the batch, of ${formatShape(inputShape)}`);
  return Array.from({ length: rank - first }, (_, at) => first + at);
}

function axesOf({ node, shelf }: Translation, { inputs, attributes }: GraphNode): readonly number[] {
  attributes.only('keepdims', 1);
  const given = inputs[1] ? shelf.wholes(node.label, shelf.constant(node.label, inputs[1], 'list of axes')) : undefined;
  return given ?? attributes.wholes('axes', []);
}

function part(node: GraphNode, role: string): GraphNode {
  const found = node.roles?.nodes.get(role);
  if (!found) throw new TypeError(`${node.label} has no part ${role}`);
  return found;
}
