import { ShapeError, ValueError } from '../../errors.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { formatShape, type Shape } from '../../tensor/shape.ts';
import { ndarrayOf } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { multiply } from '../elementwise/multiply.ts';
import { reshape } from '../shape/reshape.ts';
import { slice } from '../shape/slice.ts';
import { checkInput, image } from '../windows/axes.ts';
import { outputLengths } from '../windows/outputLengths.ts';
import { type AxisWindow, readWindow } from '../windows/window.ts';
import { bilinearSample } from './bilinearSample.ts';
import { conv2d } from './conv2d.ts';
import { type ConvolutionOptions, checkBias, checkChannels, checkWeight } from './convolutionChecks.ts';

export interface DeformConv2dOptions extends ConvolutionOptions {
  /** A factor for each number that is read, `[batch, offsetGroups·kernelHeight·kernelWidth, outHeight, outWidth]`. Default: none. */
  readonly mask?: TensorLike;
  /** How many parts the channels are cut into, each with offsets of its own. Default: 1. */
  readonly offsetGroups?: number;
}

const deformConv2dOptions: OptionNames<DeformConv2dOptions> = {
  stride: 'optional',
  padding: 'optional',
  dilation: 'optional',
  groups: 'optional',
  bias: 'optional',
  mask: 'optional',
  offsetGroups: 'optional',
};

/**
 * Deformable convolution: each number under the filter is read from a position of its own, moved by an offset that is learned.
 *
 * y[n, o, r, c] = bias[o] + Σ over k, i, j of weight[o, k, i, j]·mask[…]·x(n, k, r·s + i·d - p + Δy[…], c·s + j·d - p + Δx[…])
 *
 * with […] = [n, i, j, r, c] in the group of k, and x(…) read between the pixels by `bilinearSample`, 0 outside of the image.
 * The numbers read are as many images as the filter has elements, and what is left is a convolution by a 1 × 1 filter.
 *
 * Source: Dai et al., "Deformable convolutional networks", 2017; with a mask, Zhu et al., "Deformable ConvNets v2", 2019;
 * the order of the numbers is torchvision's. At a whole offset the derivative is the difference to the next pixel.
 *
 * @param x `[batch, in, height, width]`
 * @param offset `[batch, 2·offsetGroups·kernelHeight·kernelWidth, outHeight, outWidth]`: group, row and column of the filter, then Δy, Δx
 * @param weight `[out, in / groups, kernelHeight, kernelWidth]`
 * @returns `[batch, out, outHeight, outWidth]`, the sizes of `conv2d`
 * @example
 * const [image, weight] = [ones([1, 1, 2, 2]), ones([1, 1, 2, 2])];
 * deformConv2d(image, zeros([1, 8, 1, 1]), weight) // [[[[4]]]]
 * @throws ShapeError when channels, offset, mask, bias or sizes do not fit
 * @throws ValueError when an option is out of range
 */
export function deformConv2d(
  x: TensorLike,
  offset: TensorLike,
  weight: TensorLike,
  options: DeformConv2dOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('deformConv2d', surplus);
  const { groups = 1, offsetGroups = 1 } = checkOptions('deformConv2d', options, deformConv2dOptions);
  const inputs = operands('deformConv2d', { x, offset, weight }, { mask: options.mask, bias: options.bias });
  const [shape, filters] = [inputs.x.shape, inputs.weight.shape];
  checkInput('deformConv2d', shape, image);
  checkWeight('deformConv2d', filters, image);
  checkChannels('deformConv2d', shape, filters, groups, image);
  checkOffsetGroups(shape[1], offsetGroups);
  if (inputs.bias) checkBias('deformConv2d', inputs.bias.shape, filters, filters[0]);
  const [batch, channels] = shape;
  const [outChannels, , kernelHeight, kernelWidth] = filters;
  const window = readWindow('deformConv2d', [kernelHeight, kernelWidth], image, options);
  const [outHeight, outWidth] = outputLengths('deformConv2d', shape, window);
  const [vertical, horizontal] = window;
  const [kernel, positions] = [kernelHeight * kernelWidth, outHeight * outWidth];
  checkMoved('offset', inputs.offset.shape, [batch, 2 * offsetGroups * kernel, outHeight, outWidth]);
  if (inputs.mask) checkMoved('mask', inputs.mask.shape, [batch, offsetGroups * kernel, outHeight, outWidth]);

  const offsets = reshape(inputs.offset, [batch, offsetGroups, kernelHeight, kernelWidth, 2, outHeight, outWidth]);
  const moved = (direction: 0 | 1, grid: Float64Array, gridShape: Shape): Tensor => {
    const part = slice(offsets, [null, null, null, null, [direction, direction + 1]]);
    // Numbers and no tensor: what is computed from a parameter and numbers alone can still be written when it meets the tape.
    return reshape(add(part, ndarrayOf(grid, gridShape)), [batch, offsetGroups, kernel * positions]);
  };
  const rows = moved(0, gridOf(vertical, outHeight), [kernelHeight, 1, 1, outHeight, 1]);
  const columns = moved(1, gridOf(horizontal, outWidth), [kernelWidth, 1, 1, outWidth]);
  const read = bilinearSample(inputs.x, rows, columns);
  const masked = inputs.mask
    ? multiply(
        reshape(read, [batch, offsetGroups, channels / offsetGroups, kernel * positions]),
        reshape(inputs.mask, [batch, offsetGroups, 1, kernel * positions]),
      )
    : read;
  return conv2d(
    reshape(masked, [batch, channels * kernel, outHeight, outWidth]),
    reshape(inputs.weight, [outChannels, (channels / groups) * kernel, 1, 1]),
    { bias: inputs.bias, groups },
  );
}

/** The positions along one axis that an undeformed filter reads: [kernel, length], position·stride + step·dilation - padding. */
function gridOf({ kernel, stride, dilation, before }: AxisWindow, length: number): Float64Array {
  return Float64Array.from(
    { length: kernel * length },
    (_, at) => (at % length) * stride + Math.floor(at / length) * dilation - before,
  );
}

function checkMoved(name: 'offset' | 'mask', got: Shape, wanted: Shape): void {
  if (got.length === wanted.length && got.every((length, axis) => length === wanted[axis])) return;
  const channels = `${name === 'offset' ? '2·' : ''}offsetGroups·kernelHeight·kernelWidth`;
  throw new ShapeError({
    operation: 'deformConv2d',
    got: `${name} is ${formatShape(got)}`,
    wanted: `${formatShape(wanted)}: [batch, ${channels}, outHeight, outWidth]`,
    remedy: `Make the ${name} with a convolution of the same kernel, stride, padding and dilation`,
  });
}

function checkOffsetGroups(channels: number, offsetGroups: number): void {
  if (Number.isSafeInteger(offsetGroups) && offsetGroups >= 1 && channels % offsetGroups === 0) return;
  throw new ValueError({
    operation: 'deformConv2d',
    got: `offsetGroups is ${offsetGroups}, with ${channels} input channels`,
    wanted: 'a whole number that divides them',
    remedy: 'Use 1, where all channels are read at the same positions',
  });
}
