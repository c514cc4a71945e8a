import * as kernels from '../../engine/kernels.ts';
import type { Memory } from '../../engine/memory.ts';
import type { ConvolutionSizes } from '../../kernels/convolution.ts';
import type { FloatArray } from '../../kernels/dtype.ts';
import {
  convolved,
  type FormulaTable,
  formula,
  matrixOf,
  structural,
  toFilter,
  toImages,
  weightLetter,
} from '../../notation/index.ts';
import { broadcastTo } from '../../tape/chain.ts';
import { type ChosenRecipe, chosenForConvolution } from '../../tape/recipes.ts';
import { record } from '../../tape/record.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import { flatten, viewOf } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { sum } from '../reductions/sum.ts';
import { reshape } from '../shape/reshape.ts';

/*
 * A convolution y = conv(x, weight) is linear in each of its inputs, and so is the number Σ g·y that three tensors make
 * together: images x, filters, and cotangents g. The derivative by any one of the three is an op of the other two, so the
 * three ops below are all that derivatives of any order need, of the convolution and of the transposed one.
 */

/** The convolution by sizes that are known already, for the derivatives of its derivatives. */
export function convolve(x: Tensor, weight: Tensor, outShape: Shape, sizes: ConvolutionSizes): Tensor {
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
export function inputGradient(g: Tensor, weight: Tensor, shape: Shape, sizes: ConvolutionSizes): Tensor {
  return record({
    operation: 'conv2dInputGradient',
    inputs: { g, weight },
    value: (memory) => {
      const x = memory.allocate(g.dtype, sizeOf(shape));
      const filters = flatten(weight.view, memory);
      const pooled = chosenForConvolution(g);
      if (pooled)
        kernels.conv2dInputGradientChosen(...flattenChosen(pooled, memory), filters, x, placesOf(pooled), ...sizes);
      else kernels.conv2dInputGradient(flatten(g.view, memory), filters, x, ...sizes);
      return viewOf(x, shape);
    },
    vjps: {
      g: (h) => convolve(h, weight, g.shape, sizes),
      weight: (h) => filterGradient(h, g, weight.shape, sizes),
    },
  });
}

/** ∂weight of a convolution, itself linear in the images x and in the cotangent g. */
export function filterGradient(x: Tensor, g: Tensor, shape: Shape, sizes: ConvolutionSizes): Tensor {
  return record({
    operation: 'conv2dFilterGradient',
    inputs: { x, g },
    value: (memory) => {
      const weight = memory.allocate(g.dtype, sizeOf(shape));
      const images = flatten(x.view, memory);
      const pooled = chosenForConvolution(g);
      if (pooled)
        kernels.conv2dFilterGradientChosen(
          images,
          ...flattenChosen(pooled, memory),
          weight,
          placesOf(pooled),
          ...sizes,
        );
      else kernels.conv2dFilterGradient(images, flatten(g.view, memory), weight, ...sizes);
      return viewOf(weight, shape);
    },
    vjps: {
      x: (h) => inputGradient(g, h, x.shape, sizes),
      g: (h) => convolve(x, h, g.shape, sizes),
    },
  });
}

/** ∂bias of a convolution: the cotangents of each channel, added up. */
export function channelSums(g: Tensor): Tensor {
  const pooled = chosenForConvolution(g);
  if (!pooled) return sum(g, { axes: [0, 2, 3] });
  const [batch, channels] = g.shape;
  return record({
    operation: 'sum',
    inputs: { g },
    attributes: { axes: [0, 2, 3], keepDims: false },
    value: (memory) => {
      const sums = memory.allocate(g.dtype, channels);
      kernels.biasGradientChosen(...flattenChosen(pooled, memory), sums, batch, channels, placesOf(pooled));
      return viewOf(sums, [channels]);
    },
    vjps: { g: (h) => broadcastTo(reshape(h, [1, channels, 1, 1]), g.shape) },
  });
}

function flattenChosen({ g, chosen }: ChosenRecipe, memory: Memory): [g: FloatArray, chosen: Int32Array] {
  const numbers = flatten(g.view, memory);
  return [numbers, chosen.array];
}

/** How many places a pooled plane has. */
function placesOf({ g }: ChosenRecipe): number {
  return g.shape[2] * g.shape[3];
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  conv2dInputGradient: () =>
    structural({
      output: 'z',
      value: formula(`z[n, k, u, v] = ${toImages('g').text}`, `z_{nkuv} = ${toImages('g').latex}`),
      inputs: {
        g: {
          derivative: matrixOf('z', formula('g'), 'the matrix of the convolution, transposed'),
          product: convolved('h'),
        },
        weight: {
          derivative: matrixOf('z', weightLetter, 'the cotangents g that each number of the filter is multiplied by'),
          product: toFilter('g', 'h'),
        },
      },
      inWords: 'The convolution transposed: linear in both, so its derivatives are the other two maps.',
    }),
  conv2dFilterGradient: () =>
    structural({
      output: 'z',
      value: formula(`z[o, k, i, j] = ${toFilter('g').text}`, `z_{okij} = ${toFilter('g').latex}`),
      inputs: {
        x: {
          derivative: matrixOf('z', formula('x'), 'the cotangents g that each pixel is multiplied by'),
          product: toImages('g', formula('h')),
        },
        g: {
          derivative: matrixOf('z', formula('g'), 'the pixels that each cotangent is multiplied by'),
          product: convolved('x', formula('h')),
        },
      },
      inWords: 'Images correlated with cotangents: linear in both, so its derivatives are the other two maps.',
    }),
};
