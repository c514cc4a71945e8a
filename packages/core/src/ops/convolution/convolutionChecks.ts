import { ShapeError, ValueError } from '../../errors.ts';
import type { OptionNames } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { formatShape, type Shape } from '../../tensor/shape.ts';
import type { AxisNames } from '../windows/axes.ts';
import { channelsFirst } from '../windows/channelsLast.ts';
import type { WindowOptions } from '../windows/window.ts';

/** The options of a convolution, for any number of axes. */
export interface ConvolutionOptions extends WindowOptions {
  /** One number for each output channel, `[out]`. Default: none. */
  readonly bias?: TensorLike;
  /** How many parts the channels are cut into, each convolved by itself. Default: 1; as many as channels is depthwise. */
  readonly groups?: number;
}

export const convolutionOptions: OptionNames<ConvolutionOptions> = {
  stride: 'optional',
  padding: 'optional',
  dilation: 'optional',
  groups: 'optional',
  bias: 'optional',
};

/** Throws a ShapeError unless the weight has two axes of channels and one for each of `axes`. */
export function checkWeight(operation: string, weight: Shape, axes: AxisNames, formOf = formOfWeight): void {
  if (weight.length === 2 + axes.length) return;
  throw new ShapeError({
    operation,
    got: `weight is ${formatShape(weight)}`,
    wanted: formOf(axes),
    remedy: 'Reshape it',
  });
}

/**
 * Throws unless a weight `[out, in / groups, ...kernel]` fits the channels of x.
 *
 * @throws ValueError when the groups do not divide the channels
 * @throws ShapeError when the weight is for another number of channels
 */
export function checkChannels(operation: string, x: Shape, weight: Shape, groups: number, axes: AxisNames): void {
  const [inChannels, outChannels] = [x[1], weight[0]];
  checkGroups(operation, inChannels, outChannels, groups);
  if (inChannels === weight[1] * groups) return;
  throw new ShapeError({
    operation,
    got: `x is ${formatShape(x)} with ${inChannels} channels, weight is ${formatShape(weight)} with ${weight[1]}${
      groups > 1 ? ` for each of ${groups} groups` : ''
    }`,
    wanted: `a weight with ${inChannels / groups} channels: ${formOfWeight(axes)}`,
    remedy:
      x[x.length - 1] === weight[1] * groups
        ? `Channels come first, behind the batch axis: \`${channelsFirst(x, true)}\``
        : `Check that x is [batch, channels, ${axes.join(', ')}], and the number of groups`,
  });
}

/** Throws a ValueError unless `groups` is a whole number that divides both numbers of channels. */
export function checkGroups(operation: string, inChannels: number, outChannels: number, groups: number): void {
  if (Number.isSafeInteger(groups) && groups >= 1 && inChannels % groups === 0 && outChannels % groups === 0) return;
  throw new ValueError({
    operation,
    got: `groups is ${groups}, with ${inChannels} input and ${outChannels} output channels`,
    wanted: `a whole number that divides both: ${commonDivisors(inChannels, outChannels).join(', ')}`,
    remedy: 'Use 1, or as many groups as input channels for a depthwise convolution',
  });
}

function commonDivisors(one: number, other: number): number[] {
  const upTo = Math.max(1, Math.min(one, other));
  return Array.from({ length: upTo }, (_, index) => index + 1).filter((n) => one % n === 0 && other % n === 0);
}

/** Throws a ShapeError unless the bias has one number for each of the output channels that the weight makes. */
export function checkBias(operation: string, bias: Shape, weight: Shape, outChannels: number): void {
  if (bias.length === 1 && bias[0] === outChannels) return;
  throw new ShapeError({
    operation,
    got: `bias is ${formatShape(bias)}, weight is ${formatShape(weight)}`,
    wanted: `a bias of shape [${outChannels}], one number for each output channel`,
    remedy:
      outChannels === weight[0]
        ? 'Check the order of the weight: output channels come first'
        : 'Check the order of the weight: input channels come first, then output channels / groups',
  });
}

function formOfWeight(axes: AxisNames): string {
  return `[out, in / groups, ${kernelSizeNames(axes)}]`;
}

/** The axes of a kernel as they are written in messages: `kernelHeight, kernelWidth`. */
export function kernelSizeNames(axes: AxisNames): string {
  return axes.map((name) => `kernel${name[0].toUpperCase()}${name.slice(1)}`).join(', ');
}
