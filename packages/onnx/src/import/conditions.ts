import { sameShape, sizeOf } from '@tapegrad/core/authors';
import type { GraphNode } from './graph.ts';
import type { Constant } from './numbers.ts';
import type { Condition, Match } from './pattern.ts';

/* What must be true of nodes that are one layer, besides their order. */

/** A sum with one number for each channel, `[channels, 1, …]`, behind a convolution that has no bias itself. */
export const isAddedToChannels: Condition = ({ nodes, constants }, found) => {
  const [weight, bias] = ['weight', 'bias'].map((role) => constantOf(constants, role, found));
  const convolution = nodes.get('Conv') ?? nodes.get('ConvTranspose');
  if (!weight || !bias || constants.has('none') || !convolution) return false;
  const rank = weight.shape.length;
  const channels = nodes.has('Conv') ? weight.shape[0] : weight.shape[1] * groupsOf(convolution);
  const shape = [...new Array<number>(Math.max(0, rank - bias.shape.length)).fill(1), ...bias.shape];
  return sameShape(shape, [1, channels, ...new Array<number>(Math.max(0, rank - 2)).fill(1)]);
};

/** A sum with one number for each feature, behind a product with a matrix. */
export const isAddedToFeatures: Condition = ({ constants }, found) => {
  const [weight, bias] = ['weight', 'bias'].map((role) => constantOf(constants, role, found));
  if (weight?.shape.length !== 2 || !bias) return false;
  return sizeOf(bias.shape) === weight.shape[1] && bias.shape.at(-1) === weight.shape[1];
};

/** Zeros around the spatial axes, before a window that puts none around where they would not be added to these. */
export const isZeroPadding: Condition = ({ nodes, constants }, found) => {
  const pad = nodes.get('Pad');
  const window = nodes.get('Conv') ?? nodes.get('AveragePool');
  if (!pad || !window || constants.has('axes') || window.attributes.has('auto_pad')) return false;
  const list = constantOf(constants, 'pads', found);
  const pads = list
    ? list.shape.length === 1 && list.shape[0] <= 16
      ? [...list.read()]
      : []
    : pad.attributes.wholes('pads', []);
  const rank = pads.length / 2;
  const isSpatial = pads.length >= 6 && [0, 1, rank, rank + 1].every((at) => pads[at] === 0);
  if (!isSpatial || !pads.every((count) => Number.isSafeInteger(count) && count >= 0)) return false;
  const value = constantOf(constants, 'value', found);
  const isZero = value ? sizeOf(value.shape) === 1 && value.read()[0] === 0 : pad.attributes.float('value', 0) === 0;
  if (!isZero || pad.attributes.word('mode', ['constant', 'reflect', 'edge', 'wrap']) !== 'constant') return false;
  return nodes.has('Conv') || takesAll(window);
};

/** A mean whose window neither puts zeros around itself nor hangs over the edge: all zeros before it count. */
function takesAll({ attributes }: GraphNode): boolean {
  return attributes.wholes('pads', []).every((count) => count === 0) && attributes.whole('ceil_mode', 0) === 0;
}

/** A factor and a term of one shape, both learnt or both not. */
export const areAlike: Condition = ({ constants }, found) => {
  const [weight, bias] = ['weight', 'bias'].map((role) => constantOf(constants, role, found));
  return (
    weight !== undefined && bias !== undefined && sameShape(weight.shape, bias.shape) && weight.isNode === bias.isNode
  );
};

/** Rows that become columns of one number, and rows again. */
export const isColumn: Condition = (match, found) => {
  const axes = ['axes', 'back'].map((role) => axisOf(match, role, found));
  return axes.every((axis) => axis === 2 || axis === -1);
};

/** The same axes put in and taken out again, counted from the front: what lies between is as it was. */
export const isWayBack: Condition = (match, found) => {
  const [axis, back] = ['axes', 'back'].map((role) => axisOf(match, role, found));
  return axis !== undefined && axis >= 0 && axis === back;
};

/** Axes brought to the front and back again, with indices of the first one or two between, which may have several axes. */
export const isThereAndBack: Condition = ({ nodes, constants }, found) => {
  const [there, back] = ['there', 'back'].map((role) => nodes.get(role)?.attributes.wholes('perm', []) ?? []);
  const indices = constantOf(constants, 'indices', found)?.shape ?? [];
  const [dims, count] = [indices.length - 1, indices.at(-1) ?? 0];
  const [axis] = there;
  if (count < 1 || count > 2 || dims < 1 || !(axis > 0)) return false;
  if (nodes.get('GatherND')?.attributes.whole('batch_dims', 0) !== 0) return false;
  const isInverse = there.length === back.length && there.every((each, at) => back[each] === at);
  if (dims === 1 && count === 1 && isInverse) return true;
  // Neighbours first, all others as they were; behind them these again, around the axes of the indices.
  const others = there.slice(count);
  const before = others.filter((each) => each < axis).length;
  const wanted = [
    ...others.slice(0, before).map((_, at) => dims + at),
    ...Array.from({ length: dims }, (_, at) => at),
    ...others.slice(before).map((_, at) => dims + before + at),
  ];
  const areNeighbours = count === 1 || there[1] === axis + 1;
  const areInOrder = others.every((each, at) => at === 0 || each > others[at - 1]);
  return areNeighbours && areInOrder && back.join() === wanted.join();
};

/** An axis in front of the batch, of which one index is kept: then the batch is in front. */
export const isOneInFront: Condition = ({ nodes, constants }, found) => {
  const [axis, batch] = nodes.get('there')?.attributes.wholes('perm', []) ?? [];
  if (!(axis > 0) || batch !== 0) return false;
  const numberOf = (role: string): number | undefined => {
    const constant = constantOf(constants, role, found);
    return constant && sizeOf(constant.shape) === 1 ? constant.read()[0] : undefined;
  };
  const gather = nodes.get('Gather');
  if (gather) {
    const isScalar = constantOf(constants, 'index', found)?.shape.length === 0;
    return isScalar && gather.attributes.whole('axis', 0) === 0;
  }
  const [start, end, along, dropped] = ['start', 'end', 'axis', 'dropped'].map(numberOf);
  const split = nodes.get('Split');
  if (split) {
    const lengths = constantOf(constants, 'lengths', found);
    const areOnes = lengths === undefined || (lengths.shape[0] <= 64 && lengths.read().every((length) => length === 1));
    return split.attributes.whole('axis', 0) === 0 && areOnes && dropped === 0;
  }
  const step = constants.has('step') ? numberOf('step') : 1;
  return start !== undefined && start >= 0 && end === start + 1 && along === 0 && dropped === 0 && step === 1;
};

/** An index below 0 counts from the end of the table. */
export const isWrapped: Condition = ({ constants }, found) => {
  const [weight, length] = ['weight', 'length'].map((role) => constantOf(constants, role, found));
  return length !== undefined && sizeOf(length.shape) === 1 && length.read()[0] === weight?.shape[0];
};

function axisOf({ nodes, constants }: Match, role: string, found: ReadonlyMap<string, Constant>): number | undefined {
  const constant = constantOf(constants, role, found);
  if (constant) return sizeOf(constant.shape) === 1 ? constant.read()[0] : undefined;
  const list = nodes.get(role === 'axes' ? 'Unsqueeze' : 'Squeeze')?.attributes.wholes('axes', []) ?? [];
  return list.length === 1 ? list[0] : undefined;
}

function groupsOf({ attributes }: GraphNode): number {
  return attributes.whole('group', 1);
}

function constantOf(
  names: Match['constants'],
  role: string,
  found: ReadonlyMap<string, Constant>,
): Constant | undefined {
  const name = names.get(role);
  return name === undefined ? undefined : found.get(name);
}
