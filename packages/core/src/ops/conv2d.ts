import { kernels } from '../engine/kernels.ts';
import type { ConvolutionSizes } from '../kernels/convolution.ts';
import { operands, record } from '../tape/record.ts';
import type { TensorLike } from '../tensor/create.ts';
import { type Shape, sizeOf } from '../tensor/shape.ts';
import { flatten, viewOf } from '../tensor/strided.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { checkBias, convolutionSizes } from './convolutionSizes.ts';
import { sum } from './sum.ts';
import type { WindowOptions } from './windows.ts';

export interface Conv2dOptions extends WindowOptions {
  /** One number for each output channel, `[out]`. Default: none. */
  readonly bias?: TensorLike;
  /** How many parts the channels are cut into, each convolved by itself. Default: 1; as many as channels is depthwise. */
  readonly groups?: number;
}

/**
 * Two-dimensional convolution, which as everywhere in deep learning is a cross-correlation: no filter is flipped. Along
 * each axis, with stride s, dilation d and p zeros in front,
 *
 * y[n, o, r, c] = bias[o] + Σ over k, i, j of weight[o, k, i, j]·x[n, k, r·s + i·d - p, c·s + j·d - p]
 *
 * It is linear in x and in the weight, so its derivatives are two more linear ops: the input gradient hands every
 * cotangent back along the filter it came through, the filter gradient correlates the images with the cotangents.
 *
 * @param x `[batch, in, height, width]`
 * @param weight `[out, in / groups, kernelHeight, kernelWidth]`
 * @returns `[batch, out, ⌊(height + 2p - d·(kernelHeight - 1) - 1) / s⌋ + 1, and likewise the width]`
 * @throws ShapeError when channels, bias or sizes do not fit
 * @throws ValueError when an option is out of range
 */
export function conv2d(x: TensorLike, weight: TensorLike, options: Conv2dOptions = {}): Tensor {
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
  const inputs = operands('conv2d', { x, weight, bias: options.bias });
  const sizes = convolutionSizes(inputs.x.shape, inputs.weight.shape, groups, { stride, padding, dilation });
  if (inputs.bias) checkBias(inputs.bias.shape, inputs.weight.shape);
  const [batch, , , , outChannels, outHeight, outWidth] = sizes;
  const shape = [batch, outChannels, outHeight, outWidth];
  return record({
    operation: 'conv2d',
    inputs,
    attributes: { stride, padding, dilation, groups },
    value: (memory) => {
      const y = memory.allocate(inputs.x.dtype, sizeOf(shape));
      const bias = inputs.bias ? flatten(inputs.bias.view, memory) : null;
      kernels.conv2d(flatten(inputs.x.view, memory), flatten(inputs.weight.view, memory), bias, y, ...sizes);
      return viewOf(y, shape);
    },
    vjps: {
      x: (g) => inputGradient(g, inputs.weight, inputs.x.shape, sizes),
      weight: (g) => filterGradient(inputs.x, g, inputs.weight.shape, sizes),
      bias: (g) => sum(g, { axes: [0, 2, 3] }),
    },
  });
}

/** The convolution by sizes that are known already, for the derivatives of its derivatives. */
function convolve(x: Tensor, weight: Tensor, outShape: Shape, sizes: ConvolutionSizes): Tensor {
  return record({
    operation: 'conv2d',
    inputs: { x, weight },
    value: (memory) => {
      const y = memory.allocate(x.dtype, sizeOf(outShape));
      kernels.conv2d(flatten(x.view, memory), flatten(weight.view, memory), null, y, ...sizes);
      return viewOf(y, outShape);
    },
    vjps: {
      x: (g) => inputGradient(g, weight, x.shape, sizes),
      weight: (g) => filterGradient(x, g, weight.shape, sizes),
    },
  });
}

/** ∂x of a convolution, itself linear in the cotangent g and in the weight. */
function inputGradient(g: Tensor, weight: Tensor, shape: Shape, sizes: ConvolutionSizes): Tensor {
  return record({
    operation: 'conv2dInputGradient',
    inputs: { g, weight },
    value: (memory) => {
      const x = memory.allocate(g.dtype, sizeOf(shape));
      kernels.conv2dInputGradient(flatten(g.view, memory), flatten(weight.view, memory), x, ...sizes);
      return viewOf(x, shape);
    },
    vjps: {
      g: (h) => convolve(h, weight, g.shape, sizes),
      weight: (h) => filterGradient(h, g, weight.shape, sizes),
    },
  });
}

/** ∂weight of a convolution, itself linear in the images x and in the cotangent g. */
function filterGradient(x: Tensor, g: Tensor, shape: Shape, sizes: ConvolutionSizes): Tensor {
  return record({
    operation: 'conv2dFilterGradient',
    inputs: { x, g },
    value: (memory) => {
      const weight = memory.allocate(g.dtype, sizeOf(shape));
      kernels.conv2dFilterGradient(flatten(x.view, memory), flatten(g.view, memory), weight, ...sizes);
      return viewOf(weight, shape);
    },
    vjps: {
      x: (h) => inputGradient(g, h, x.shape, sizes),
      g: (h) => convolve(x, h, g.shape, sizes),
    },
  });
}
