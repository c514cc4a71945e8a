import * as kernels from '../../engine/kernels.ts';
import type { Memory } from '../../engine/memory.ts';
import type { FloatArray } from '../../kernels/dtype.ts';
import type { ConvolutionSizes } from '../../kernels/patches.ts';
import type { SliceSizes } from '../../kernels/slices.ts';
import { convolutionFilterGradient, convolutionInputGradient, type FormulaTable } from '../../notation/index.ts';
import { record } from '../../tape/record.ts';
import { rowMajorStrides, type Shape } from '../../tensor/shape.ts';
import { dtypeOf, flatten } from '../../tensor/strided.ts';
import type { Attributes, Tensor } from '../../tensor/tensor.ts';
import { sum } from '../reductions/sum.ts';
import type { ConvolutionInputs } from './convolutionGradients.ts';

/**
 * A convolution of volumes as one of images: each output slice is an image, whose channels are all slices that the filters
 * meet for it. `slices` says which, `images` is the convolution of them.
 */
export interface VolumeSizes {
  readonly slices: SliceSizes;
  readonly images: ConvolutionSizes;
}

/*
 * As in convolutionGradients.ts: the convolution, and the derivative by each of the three tensors that it makes a number of, in
 * terms of the other two.
 */

/** y = the convolution of volumes x, plus a bias that may be missing */
function convolveVolumes(
  { x, weight, bias }: ConvolutionInputs,
  sizes: VolumeSizes,
  y: FloatArray,
  memory: Memory,
): void {
  const shift = bias ? flatten(bias.view, memory) : null;
  const [images, flat] = [imagesOf(x, sizes, memory), memory.allocate(dtypeOf(x.view), y.length)];
  kernels.conv2d(images, flatten(weight.view, memory), shift, flat, ...sizes.images);
  const [batch, , , , outDepth] = sizes.slices;
  exchange(flat, y, [batch, outDepth, sizes.images[4], planeOf(sizes)]);
}

/** x = the convolution of volumes transposed: what `g` gives back along the filters */
export function transposeVolumes(g: Tensor, weight: Tensor, sizes: VolumeSizes, x: FloatArray, memory: Memory): void {
  const images = memory.allocate(dtypeOf(g.view), imageNumbers(sizes));
  const cotangents = cotangentsOf(g, sizes, memory);
  kernels.conv2dInputGradient(cotangents, flatten(weight.view, memory), images, ...sizes.images);
  kernels.foldSlices(images, x, ...sizes.slices);
}

/** The convolution by sizes that are known already: of `conv3d`, and of the derivatives of its derivatives. */
export function convolve(
  inputs: ConvolutionInputs,
  shape: Shape,
  sizes: VolumeSizes,
  attributes: Attributes = attributesOf(sizes),
): Tensor {
  const { x, weight, bias } = inputs;
  return record({
    operation: 'conv3d',
    inputs: { x, weight, bias },
    attributes,
    shape,
    value: (y, memory) => convolveVolumes(inputs, sizes, y, memory),
    vjps: {
      x: (g) => inputGradient(g, weight, x.shape, sizes),
      weight: (g) => filterGradient(x, g, weight.shape, sizes),
      bias: (g) => sum(g, { axes: [0, 2, 3, 4] }),
    },
  });
}

/** ∂x of a convolution of volumes, itself linear in the cotangent g and in the weight. */
export function inputGradient(g: Tensor, weight: Tensor, shape: Shape, sizes: VolumeSizes): Tensor {
  return record({
    operation: 'conv3dInputGradient',
    inputs: { g, weight },
    shape,
    value: (x, memory) => transposeVolumes(g, weight, sizes, x, memory),
    vjps: {
      g: (h) => convolve({ x: h, weight }, g.shape, sizes),
      weight: (h) => filterGradient(h, g, weight.shape, sizes),
    },
  });
}

/** ∂weight of a convolution of volumes, itself linear in the volumes x and in the cotangent g. */
export function filterGradient(x: Tensor, g: Tensor, shape: Shape, sizes: VolumeSizes): Tensor {
  return record({
    operation: 'conv3dFilterGradient',
    inputs: { x, g },
    shape,
    value: (weight, memory) => {
      const [images, cotangents] = [imagesOf(x, sizes, memory), cotangentsOf(g, sizes, memory)];
      kernels.conv2dFilterGradient(images, cotangents, weight, ...sizes.images);
    },
    vjps: {
      x: (h) => inputGradient(g, h, x.shape, sizes),
      g: (h) => convolve({ x, weight: h }, g.shape, sizes),
    },
  });
}

/** `[batch, outDepth, in, kernelDepth, height, width]` of volumes. */
function imagesOf(x: Tensor, sizes: VolumeSizes, memory: Memory): FloatArray {
  const images = memory.allocate(dtypeOf(x.view), imageNumbers(sizes));
  kernels.unfoldSlices(flatten(x.view, memory), images, ...sizes.slices);
  return images;
}

/** `[batch, outDepth, out, outHeight, outWidth]` of cotangents `[batch, out, outDepth, outHeight, outWidth]`. */
function cotangentsOf(g: Tensor, sizes: VolumeSizes, memory: Memory): FloatArray {
  const cotangents = memory.allocate(dtypeOf(g.view), g.size);
  const [batch, , , , outDepth] = sizes.slices;
  exchange(flatten(g.view, memory), cotangents, [batch, sizes.images[4], outDepth, planeOf(sizes)]);
  return cotangents;
}

/** Writes x of such a shape with its second and third axis exchanged. */
function exchange(x: FloatArray, y: FloatArray, shape: Shape): void {
  const [first, second, third, fourth] = rowMajorStrides(shape);
  kernels.copyStrided(x, y, 0, [shape[0], shape[2], shape[1], shape[3]], [first, third, second, fourth]);
}

function imageNumbers({ images: [images, channels, height, width] }: VolumeSizes): number {
  return images * channels * height * width;
}

function planeOf({ images }: VolumeSizes): number {
  return images[5] * images[6];
}

function attributesOf({ slices, images }: VolumeSizes) {
  const [, , , , , , stride, before, dilation] = slices;
  const [, , , , , , , , , strideY, strideX, top, left, dilationY, dilationX, groups] = images;
  return {
    stride: [stride, strideY, strideX],
    padding: [before, top, left],
    dilation: [dilation, dilationY, dilationX],
    groups,
  };
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  conv3dInputGradient: () => convolutionInputGradient(3),
  conv3dFilterGradient: () => convolutionFilterGradient(3),
};
