import { ShapeError, ValueError } from '../../errors.ts';
import { inJson } from '../../kinds.ts';
import type { OptionNames } from '../../options/index.ts';
import { formatShape, type Shape } from '../../tensor/shape.ts';
import { type AxisNames, type PerAxis, perAxis } from '../windows/axes.ts';
import type { AxisWindow } from '../windows/window.ts';
import { type ConvolutionOptions, checkGroups, checkWeight, kernelSizeNames } from './convolutionChecks.ts';

/**
 * Stride, padding and dilation are those of the convolution that is transposed: its padding is cut off here. With a stride
 * it brings several sizes to the same one, so that the other two options say which of them is meant.
 */
export interface TransposedConvolutionOptions extends ConvolutionOptions {
  /** How much longer the output is at its end than the shortest possible, less than stride or dilation. Default: 0. */
  readonly outputPadding?: PerAxis;
  /** The output size itself, instead of the output padding that leads to it. */
  readonly outputSize?: PerAxis;
}

export const transposedConvolutionOptions: OptionNames<TransposedConvolutionOptions> = {
  stride: 'optional',
  padding: 'optional',
  dilation: 'optional',
  groups: 'optional',
  bias: 'optional',
  outputPadding: 'optional',
  outputSize: 'optional',
};

/**
 * The size of what a transposed convolution makes of x `[batch, channels, ...axes]`: (length - 1)·stride - before - after + dilation·(kernel - 1)
 * + 1 + outputPadding along each axis.
 *
 * Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016, chapter 4; which sizes may be
 * asked for, as in PyTorch.
 *
 * @throws ShapeError listing the sizes that are possible when `outputSize` is none of them, or there are none
 * @throws ValueError when the output padding is out of range, or both are given
 */
export function transposedLengths(
  operation: string,
  [, , ...lengths]: Shape,
  window: readonly AxisWindow[],
  { outputPadding, outputSize }: TransposedConvolutionOptions = {},
): number[] {
  const axes = window.map(({ axis }) => axis);
  const shortest = window.map((along, at) => shortestLength(lengths[at], along));
  if (outputSize !== undefined) {
    if (outputPadding !== undefined) throw givenTwice(operation, outputPadding, outputSize);
    const wanted = perAxis(operation, 'outputSize', outputSize, axes, 0);
    const sizes = window.map((along, at) => possible(shortest[at], along));
    const isPossible = wanted.every((size, axis) => sizes[axis].includes(size));
    // Where padding takes everything there is nothing to list.
    const longest = shortest.map((length, axis) => length + window[axis].stride - 1);
    checkLengths(operation, lengths, longest, axes);
    if (!isPossible) throw impossible(operation, wanted, sizes, axes);
    return wanted;
  }
  const added = perAxis(operation, 'outputPadding', outputPadding ?? 0, axes, 0);
  const tooMuch = window.findIndex(({ stride, dilation }, axis) => added[axis] >= Math.max(stride, dilation));
  if (tooMuch >= 0) {
    const { stride, dilation } = window[tooMuch];
    throw new ValueError({
      operation,
      got: `outputPadding is ${inJson(outputPadding)}, with stride ${stride} and dilation ${dilation} along the ${axes[tooMuch]}`,
      wanted: 'less than the larger of the two',
      remedy: 'Use a larger stride, or `pad` the output',
    });
  }
  const wanted = shortest.map((length, axis) => length + added[axis]);
  checkLengths(operation, lengths, wanted, axes);
  return wanted;
}

/**
 * Throws unless a weight `[in, out / groups, ...kernel]` fits the channels of x, and returns the number of output channels.
 *
 * @throws ValueError when the groups do not divide the channels
 * @throws ShapeError when the weight is for another number of channels
 */
export function checkTransposedWeight(
  operation: string,
  x: Shape,
  weight: Shape,
  groups: number,
  axes: AxisNames,
): number {
  checkWeight(operation, weight, axes, formOfTransposed);
  if (weight[0] !== x[1]) {
    throw new ShapeError({
      operation,
      got: `x is ${formatShape(x)} with ${x[1]} channels, weight is ${formatShape(weight)} for ${weight[0]}`,
      wanted: `a weight for ${x[1]} channels: ${formOfTransposed(axes)}`,
      remedy: `Check that x is [batch, channels, ${axes.join(', ')}]; the input channels of a transposed weight come first`,
    });
  }
  checkGroups(operation, x[1], weight[1] * groups, groups);
  return weight[1] * groups;
}

/** The least that a convolution by this window brings to `length`: what a transposed convolution makes without output padding. */
export function shortestLength(length: number, { kernel, stride, dilation, before, after }: AxisWindow): number {
  return (length - 1) * stride - before - after + dilation * (kernel - 1) + 1;
}

/** The lengths that a convolution brings to the same one: they differ by less than its stride. */
function possible(shortest: number, { stride }: AxisWindow): number[] {
  return Array.from({ length: stride }, (_, more) => shortest + more).filter((length) => length >= 1);
}

function checkLengths(operation: string, lengths: readonly number[], out: readonly number[], axes: AxisNames): void {
  const empty = axes.findIndex((_, axis) => out[axis] < 1 || lengths[axis] < 1);
  if (empty < 0) return;
  throw new ShapeError({
    operation,
    got: `${axes[empty]} ${lengths[empty]}, which becomes ${axes[empty]} ${out[empty]}`,
    wanted: 'an input and an output of at least 1',
    remedy: 'Use less padding or a larger kernel',
  });
}

function impossible(
  operation: string,
  wanted: readonly number[],
  sizes: readonly (readonly number[])[],
  axes: AxisNames,
): ShapeError {
  const listed = axes.map((axis, at) => `${axis} ${eitherOf(sizes[at])}`);
  return new ShapeError({
    operation,
    got: `outputSize ${formatShape(wanted)}`,
    wanted: listed.join(' and '),
    remedy: 'Ask for one of these, or change stride, padding or kernel',
  });
}

/** `5`, `5 or 6`, `5, 6 or 7`, and with many `5 to 20`. */
function eitherOf(lengths: readonly number[]): string {
  const last = lengths[lengths.length - 1];
  if (lengths.length === 1) return `${last}`;
  if (lengths.length > 6) return `${lengths[0]} to ${last}`;
  return `${lengths.slice(0, -1).join(', ')} or ${last}`;
}

function givenTwice(operation: string, outputPadding: PerAxis, outputSize: PerAxis): ValueError {
  return new ValueError({
    operation,
    got: `outputPadding ${inJson(outputPadding)} and outputSize ${inJson(outputSize)}`,
    wanted: 'one of the two',
    remedy: 'Drop the output padding: the output size says it all',
  });
}

function formOfTransposed(axes: AxisNames): string {
  return `[in, out / groups, ${kernelSizeNames(axes)}]`;
}
