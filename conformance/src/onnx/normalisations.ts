import {
  add,
  batchNorm,
  batchNormTraining,
  broadcastTo,
  divide,
  groupNorm,
  instanceNorm,
  layerNorm,
  multiply,
  ones,
  reshape,
  sqrt,
  standardise,
  type Tensor,
} from '@tapegrad/core';
import { resolveAxis, sizeOf } from '@tapegrad/core/authors';
import { MalformedCase, Unsupported } from '../outcome.ts';
import { movingAverage } from '../statistics.ts';
import type { Node, OnnxOp } from './node.ts';

/** Normalisations of `[N, C, ...]`, and dropout, which has nothing random when it is not training. */
export const normalisations: Readonly<Record<string, OnnxOp>> = {
  BatchNormalization: (node) => {
    const [x, weight, bias, mean, variance] = [0, 1, 2, 3, 4].map((index) => node.tensor(index));
    const { attributes } = node;
    const epsilon = attributes.number('epsilon') ?? 1e-5;
    const momentum = attributes.number('momentum') ?? 0.9;
    if (!attributes.flag('spatial', true)) throw new Unsupported('option spatial = 0');
    // Before operator set 14 the number of outputs said whether this was training, and before 7 `is_test` did.
    const isTraining =
      node.opset >= 14
        ? attributes.flag('training_mode')
        : node.opset >= 7
          ? node.outputCount > 1
          : !attributes.flag('is_test');
    if (!isTraining) return node.like(batchNorm(x, { mean, variance, weight, bias, epsilon }));
    if (node.opset < 14) throw new Unsupported(`training in operator set ${node.opset}`);
    const batch = batchNormTraining(x, { weight, bias, epsilon });
    const statistics = [
      movingAverage(mean, batch.mean, 1 - momentum),
      movingAverage(variance, batch.variance, 1 - momentum),
    ];
    return [
      ...node.like(batch.output),
      ...statistics.flatMap((tensor, at) => node.like(tensor, node.input(3 + at).dtype)),
    ];
  },
  LayerNormalization: (node) => {
    const x = node.tensor(0);
    const { attributes } = node;
    const epsilon = attributes.number('epsilon') ?? 1e-5;
    const first = resolveAxis('LayerNormalization', attributes.number('axis') ?? -1, x.rank);
    const axes = x.shape.flatMap((_, axis) => (axis < first ? [] : [axis]));
    // 1 says that the statistics are computed in float32, as they are.
    const stash = attributes.number('stash_type') ?? 1;
    if (stash !== 1) throw new Unsupported(`option stash_type = ${stash}`);
    const shape = x.shape.slice(first);
    const bias = optional(node, 2);
    const affine = { weight: broadcastTo(node.tensor(1), shape), bias: bias && broadcastTo(bias, shape) };
    const y = layerNorm(x, { axes, ...affine, epsilon });
    const { mean, variance } = standardise(x, { axes, epsilon });
    const statistics = [mean, divide(1, sqrt(add(variance, epsilon)))];
    return [...node.like(y), ...statistics.slice(0, node.outputCount - 1).flatMap((tensor) => node.like(tensor))];
  },
  GroupNormalization: (node) => {
    const x = node.tensor(0);
    const { attributes } = node;
    const groups = attributes.number('num_groups');
    if (groups === undefined) throw new MalformedCase('GroupNormalization without num_groups');
    const stash = attributes.number('stash_type') ?? 1;
    if (stash !== 1) throw new Unsupported(`option stash_type = ${stash}`);
    const epsilon = attributes.number('epsilon') ?? 1e-5;
    const [scale, bias] = [node.tensor(1), node.tensor(2)];
    if (node.opset >= 21) return node.like(groupNorm(x, { groups, weight: scale, bias, epsilon }));
    // Before operator set 21 there was one scale and one bias for each group, not for each channel.
    const perGroup = (numbers: Tensor): Tensor => reshape(numbers, [1, groups, 1]);
    const parts = reshape(x, [x.shape[0], groups, sizeOf(x.shape.slice(1)) / groups]);
    const y = standardise(parts, { axes: 2, epsilon }).output;
    return node.like(reshape(add(multiply(y, perGroup(scale)), perGroup(bias)), x.shape));
  },
  InstanceNormalization: (node) => {
    const epsilon = node.attributes.number('epsilon') ?? 1e-5;
    return node.like(instanceNorm(node.tensor(0), { weight: node.tensor(1), bias: node.tensor(2), epsilon }));
  },
  Dropout: (node) => {
    const x = node.tensor(0);
    node.attributes.informational('seed');
    const ratio = node.opset >= 12 ? (node.scalar(1) ?? 0.5) : (node.attributes.number('ratio') ?? 0.5);
    // Before operator set 7 dropout was training unless `is_test` said otherwise, then never until 12.
    const isTraining = node.opset >= 12 ? node.scalar(2) === 1 : node.opset < 7 && !node.attributes.flag('is_test');
    if (isTraining && ratio !== 0) throw new Unsupported('the random mask of a Dropout in training');
    const mask = { tensor: ones(x.shape, { dtype: 'float64' }), dtype: 'bool' } as const;
    return [...node.like(x), ...(node.outputCount > 1 ? [mask] : [])];
  },
};

function optional(node: Node, index: number): Tensor | undefined {
  return node.optional(index) && node.tensor(index);
}
