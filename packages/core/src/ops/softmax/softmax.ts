import * as kernels from '../../engine/kernels.ts';
import type { FloatArray } from '../../kernels/dtype.ts';
import { type FormulaTable, formula, over, structural } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { resolveAxis, sizesAlong } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { exp } from '../elementwise/exp.ts';
import { multiply } from '../elementwise/multiply.ts';
import { subtract } from '../elementwise/subtract.ts';
import { sum } from '../reductions/sum.ts';

export interface SoftmaxOptions {
  /** The axis of the classes, counted with the batch axis: 1 for `[batch, classes, height, width]`. Default: the last. */
  readonly axis?: number;
}

export const softmaxOptions: OptionNames<SoftmaxOptions> = { axis: 'optional' };

/**
 * p = e^x / Σ e^x along `axis` (the last by default): numbers of any size become probabilities. With pᵀg the mean of
 * the cotangent under p, ∂x = p·(g - pᵀg).
 *
 * @example softmax([[1, 2, 3]]) // [[0.09, 0.2447, 0.6652]]
 */
export function softmax(x: TensorLike, options: SoftmaxOptions = {}, ...surplus: []): Tensor {
  checkSurplus('softmax', surplus);
  const { axis = -1 } = checkOptions('softmax', options, softmaxOptions);
  return alongAxis('softmax', x, axis, kernels.softmax, (g, p, along) =>
    multiply(p, subtract(g, sum(multiply(g, p), { axes: along, keepDims: true }))),
  );
}

/**
 * y = ln softmax(x) = x - ln Σ e^x along `axis` (the last by default), exact where the probabilities themselves
 * underflow. ∂x = g - softmax(x)·Σ g.
 *
 * @example logSoftmax([[0, 0]]) // [[-0.6931, -0.6931]]
 */
export function logSoftmax(x: TensorLike, options: SoftmaxOptions = {}, ...surplus: []): Tensor {
  checkSurplus('logSoftmax', surplus);
  const { axis = -1 } = checkOptions('logSoftmax', options, softmaxOptions);
  return alongAxis('logSoftmax', x, axis, kernels.logSoftmax, (g, y, along) =>
    subtract(g, multiply(exp(y), sum(g, { axes: along, keepDims: true }))),
  );
}

function alongAxis(
  operation: string,
  x: TensorLike,
  axis: number,
  kernel: (x: FloatArray, y: FloatArray, outer: number, classes: number, inner: number) => void,
  vjp: (g: Tensor, y: Tensor, axis: number) => Tensor,
): Tensor {
  const inputs = operands(operation, { x });
  const along = resolveAxis(operation, axis, inputs.x.rank);
  return record({
    operation,
    inputs,
    attributes: { axis: along },
    shape: inputs.x.shape,
    value: (y, memory) => kernel(flatten(inputs.x.view, memory), y, ...sizesAlong(inputs.x.shape, along)),
    vjps: { x: (g, y) => vjp(g, y, along) },
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  softmax: (facts) =>
    structural({
      output: 'p',
      value: formula(`p = e^x/Σ e^x${over(facts).text}`, `p = \\frac{e^{x}}{\\sum e^{x}}${over(facts).latex}`),
      inputs: {
        x: {
          derivative: formula(
            '∂p[i]/∂x[j] = p[i]·(δ[i, j] - p[j])',
            '\\frac{\\partial p_i}{\\partial x_j} = p_i\\,(\\delta_{ij} - p_j)',
          ),
          product: formula('p·(g - Σ g·p)', 'p \\cdot \\left( g - \\sum g\\,p \\right)'),
        },
      },
      inWords:
        'One probability rises at the cost of all others: the mean of the cotangent, weighted by them, is subtracted.',
    }),
  logSoftmax: (facts) =>
    structural({
      value: formula(`y = x - ln Σ e^x${over(facts).text}`, `y = x - \\ln \\sum e^{x}${over(facts).latex}`),
      inputs: {
        x: {
          derivative: formula(
            '∂y[i]/∂x[j] = δ[i, j] - softmax(x)[j]',
            '\\frac{\\partial y_i}{\\partial x_j} = \\delta_{ij} - \\operatorname{softmax}(x)_j',
          ),
          product: formula('g - softmax(x)·Σ g', 'g - \\operatorname{softmax}(x) \\sum g'),
        },
      },
      inWords: 'Each number raises its own logarithm, and lowers all of them in proportion to its probability.',
    }),
};
