import { ValueError } from '../../errors.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from '../shape/reshape.ts';
import type { BatchNormTrainingOptions } from './batchNormTraining.ts';
import { checkChannelled, perChannel, scaleAndShift } from './perChannel.ts';
import { checkEpsilon, standardise } from './standardise.ts';

/** A weight and a bias for each channel, and epsilon: those of {@link batchNormTraining}. */
export type InstanceNormOptions = BatchNormTrainingOptions;

export interface GroupNormOptions extends InstanceNormOptions {
  /** How many groups of neighbouring channels there are. */
  readonly groups: number;
}

const groupNormOptions: OptionNames<GroupNormOptions> = {
  groups: 'required',
  weight: 'optional',
  bias: 'optional',
  epsilon: 'optional',
};

/**
 * y[n, c, …] = (x[n, c, …] - mean) / √(variance + epsilon)·weight[c] + bias[c], where mean and biased variance are those of
 * the group of channels that c belongs to, for each example by itself. One group takes a whole example together; as many
 * groups as channels are `instanceNorm`.
 *
 * Source: Wu and He, "Group Normalization", 2018.
 *
 * @param x `[batch, channels, ...]`
 * @returns the shape of x
 * @example groupNorm([[1, 3, 10, 30]], { groups: 2 }) // [[-1, 1, -1, 1]]
 * @throws ShapeError when x has no channels, or weight or bias is not one number for each
 * @throws ValueError when the groups do not divide the channels, or epsilon is not a number of at least 0
 */
export function groupNorm(x: TensorLike, options: GroupNormOptions, ...surplus: []): Tensor {
  checkSurplus('groupNorm', surplus);
  const { groups, ...others } = checkOptions('groupNorm', options, groupNormOptions);
  return normaliseGroups('groupNorm', x, () => groups, others);
}

/** {@link groupNorm} in the name of another op, which may count the channels first. */
export function normaliseGroups(
  operation: string,
  x: TensorLike,
  groupsOf: (channels: number) => number,
  { weight, bias, epsilon = 1e-5 }: InstanceNormOptions,
): Tensor {
  checkEpsilon(operation, epsilon);
  const inputs = operands(operation, { x }, { weight, bias });
  const { shape } = inputs.x;
  checkChannelled(operation, shape);
  const groups = groupsOf(shape[1]);
  checkGroupsOf(operation, shape, groups);
  const scale = inputs.weight && perChannel(operation, 'weight', inputs.weight, shape);
  const shift = inputs.bias && perChannel(operation, 'bias', inputs.bias, shape);
  const perGroup = groups === 0 ? 0 : (shape[1] / groups) * sizeOf(shape.slice(2));
  const { output } = standardise(reshape(inputs.x, [shape[0], groups, perGroup]), { axes: 2, epsilon });
  return scaleAndShift(reshape(output, shape), scale, shift);
}

function checkGroupsOf(operation: string, [, channels]: Shape, groups: number): void {
  const divides = Number.isSafeInteger(groups) && groups >= 1 && channels % groups === 0;
  if (divides || (groups === 0 && channels === 0)) return;
  throw new ValueError({
    operation,
    got: `groups is ${groups}, for ${channels} channels`,
    wanted: 'a whole number that divides them',
    remedy: 'Use 1 to take all channels together',
  });
}
