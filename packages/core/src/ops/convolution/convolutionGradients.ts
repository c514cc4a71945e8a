import * as kernels from '../../engine/kernels.ts';
import type { ConvolutionSizes } from '../../kernels/patches.ts';
import { convolutionFilterGradient, convolutionInputGradient, type FormulaTable } from '../../notation/index.ts';
import { record } from '../../tape/record.ts';
import type { Shape } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Attributes, Tensor } from '../../tensor/tensor.ts';
import { sum } from '../reductions/sum.ts';

/** What patterns of `fusion/` have to know of a convolution and of its gradients. */
export interface ConvolutionDetails {
  readonly sizes: ConvolutionSizes;
}

/*
 * A convolution y = conv(x, weight) is linear in each of its inputs, and so is the number Σ g·y that three tensors make
 * together: images x, filters, and cotangents g. The derivative by any one of the three is an op of the other two, so the
 * three ops below are all that derivatives of any order need, of the convolution and of the transposed one.
 */

/** The inputs of a convolution. */
export interface ConvolutionInputs {
  readonly x: Tensor;
  readonly weight: Tensor;
  readonly bias?: Tensor | undefined;
}

/** The convolution by sizes that are known already: of `conv2d`, and of the derivatives of its derivatives. */
export function convolve(
  { x, weight, bias }: ConvolutionInputs,
  shape: Shape,
  sizes: ConvolutionSizes,
  attributes: Attributes = attributesOf(sizes),
): Tensor {
  return record({
    operation: 'conv2d',
    inputs: { x, weight, bias },
    attributes,
    shape,
    value: (y, memory) => {
      const shift = bias ? flatten(bias.view, memory) : null;
      kernels.conv2d(flatten(x.view, memory), flatten(weight.view, memory), shift, y, ...sizes);
    },
    vjps: {
      x: (g) => inputGradient(g, weight, x.shape, sizes),
      weight: (g) => filterGradient(x, g, weight.shape, sizes),
      bias: (g) => sum(g, { axes: [0, 2, 3] }),
    },
    details: { sizes } satisfies ConvolutionDetails,
  });
}

/** ∂x of a convolution, itself linear in the cotangent g and in the weight. */
export function inputGradient(g: Tensor, weight: Tensor, shape: Shape, sizes: ConvolutionSizes): Tensor {
  return record({
    operation: 'conv2dInputGradient',
    inputs: { g, weight },
    shape,
    value: (x, memory) =>
      kernels.conv2dInputGradient(flatten(g.view, memory), flatten(weight.view, memory), x, ...sizes),
    vjps: {
      g: (h) => convolve({ x: h, weight }, g.shape, sizes),
      weight: (h) => filterGradient(h, g, weight.shape, sizes),
    },
    details: { sizes } satisfies ConvolutionDetails,
  });
}

/** ∂weight of a convolution, itself linear in the images x and in the cotangent g. */
export function filterGradient(x: Tensor, g: Tensor, shape: Shape, sizes: ConvolutionSizes): Tensor {
  return record({
    operation: 'conv2dFilterGradient',
    inputs: { x, g },
    shape,
    value: (weight, memory) =>
      kernels.conv2dFilterGradient(flatten(x.view, memory), flatten(g.view, memory), weight, ...sizes),
    vjps: {
      x: (h) => inputGradient(g, h, x.shape, sizes),
      g: (h) => convolve({ x, weight: h }, g.shape, sizes),
    },
    details: { sizes } satisfies ConvolutionDetails,
  });
}

function attributesOf([
  ,
  ,
  ,
  ,
  ,
  ,
  ,
  ,
  ,
  strideY,
  strideX,
  top,
  left,
  dilationY,
  dilationX,
  groups,
]: ConvolutionSizes): Attributes {
  return { stride: [strideY, strideX], padding: [top, left], dilation: [dilationY, dilationX], groups };
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  conv2dInputGradient: () => convolutionInputGradient(),
  conv2dFilterGradient: () => convolutionFilterGradient(),
};
