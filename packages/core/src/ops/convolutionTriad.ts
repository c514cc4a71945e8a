import { kernels } from '../engine/kernels.ts';
import type { ConvolutionSizes } from '../kernels/convolution.ts';
import { record } from '../tape/record.ts';
import { type Shape, sizeOf } from '../tensor/shape.ts';
import { flatten, viewOf } from '../tensor/strided.ts';
import type { Tensor } from '../tensor/tensor.ts';

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
export function filterGradient(x: Tensor, g: Tensor, shape: Shape, sizes: ConvolutionSizes): Tensor {
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
