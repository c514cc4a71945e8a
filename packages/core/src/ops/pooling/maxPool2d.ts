import * as kernels from '../../engine/kernels.ts';
import type { PoolingSizes } from '../../kernels/pooling.ts';
import { between, type FormulaTable, formula, one, pooled } from '../../notation/index.ts';
import { checkOptions, checkSurplus } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Shape } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type PoolOptions, poolOptions } from '../windows/poolWindow.ts';
import { ChosenIndices } from './chosenIndices.ts';
import { poolingSizes } from './poolingSizes.ts';

/**
 * y = the largest number under each window. Padding counts as -Infinity. The gradient goes to the number that was
 * chosen, the first of equals in reading order; a NaN is always chosen. As in PyTorch.
 *
 * @param x `[batch, channels, height, width]`
 * @returns `[batch, channels, ⌊(height + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1, and likewise the width]`
 * @example maxPool2d([[[[1, 2], [3, 6]]]], { kernelSize: 2 }) // [[[[6]]]]
 * @throws ShapeError when x is not a batch of images, or smaller than the window
 * @throws ValueError when an option is out of range
 */
export function maxPool2d(x: TensorLike, options: PoolOptions, ...surplus: []): Tensor {
  checkSurplus('maxPool2d', surplus);
  return poolImages(x, options).output;
}

/**
 * {@link maxPool2d}, and the index in its plane (row·width + column) of each number that was chosen: -1 for padding alone.
 *
 * @example maxPool2dWithIndices([[[[1, 2], [3, 6]]]], { kernelSize: 2 }).indices // [3]
 */
export function maxPool2dWithIndices(
  x: TensorLike,
  options: PoolOptions,
  ...surplus: []
): { output: Tensor; indices: Int32Array } {
  checkSurplus('maxPool2dWithIndices', surplus);
  const { output, chosen } = poolImages(x, options);
  return { output, indices: chosen.toIndices(output) };
}

/** What patterns of `fusion/` have to know of a max pooling. */
export interface MaxPoolDetails {
  readonly sizes: PoolingSizes;
  readonly chosen: ChosenIndices;
}

/** {@link maxPool2d}, and what it will have chosen once it is computed. */
export function poolImages(x: TensorLike, options: PoolOptions): { output: Tensor; chosen: ChosenIndices } {
  checkOptions('maxPool2d', options, poolOptions);
  const inputs = operands('maxPool2d', { x });
  const { shape, sizes } = poolingSizes('maxPool2d', inputs.x.shape, options);
  const chosen = new ChosenIndices();
  const output = record({
    operation: 'maxPool2d',
    inputs,
    attributes: { ...options },
    shape,
    value: (y, memory) =>
      kernels.maxPool2d(flatten(inputs.x.view, memory), y, chosen.allocate(y.length, memory), ...sizes),
    vjps: { x: (g, y) => putChosen(g, y, chosen, inputs.x.shape) },
    details: { sizes, chosen } satisfies MaxPoolDetails,
  });
  return { output, chosen };
}

/** What patterns of `fusion/` have to know of the gradient of a max pooling: its output, and what it chose. */
export interface MaxPoolGradientDetails {
  readonly pooled: Tensor;
  readonly chosen: ChosenIndices;
}

/** x = zeros, to which each number of g is added at the element that was chosen for it: linear in g. */
function putChosen(g: Tensor, pooled: Tensor, chosen: ChosenIndices, shape: Shape): Tensor {
  return record({
    operation: 'maxPool2dGradient',
    inputs: { g },
    shape,
    needs: [pooled],
    value: (x, memory) => kernels.putChosen(flatten(g.view, memory), chosen.array, x, ...planesOf(shape, g.shape)),
    vjps: { g: (h) => takeChosen(h, pooled, chosen, g.shape) },
    details: { pooled, chosen } satisfies MaxPoolGradientDetails,
  });
}

/** y = the numbers of x at the elements that were chosen: the transpose of {@link putChosen}. */
function takeChosen(x: Tensor, pooled: Tensor, chosen: ChosenIndices, shape: Shape): Tensor {
  return record({
    operation: 'takeChosen',
    inputs: { x },
    shape,
    needs: [pooled],
    value: (y, memory) => kernels.takeChosen(flatten(x.view, memory), chosen.array, y, ...planesOf(x.shape, shape)),
    vjps: { x: (g) => putChosen(g, pooled, chosen, x.shape) },
  });
}

/** [planes, the size of a plane, the size of a pooled plane] */
function planesOf([batch, channels, height, width]: Shape, pooled: Shape): [number, number, number] {
  return [batch * channels, height * width, pooled[2] * pooled[3]];
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  maxPool2d: (facts) =>
    pooled(facts, {
      value: (x) =>
        formula(`y[i] = max ${x.text} under window i`, `y_i = \\max_{k \\in \\text{window } i} ${x.latex}_k`),
      slope: [one, 'k was chosen for i'],
      product: (g) => formula(`Σ ${g}[i] over each window i that chose k`, `\\sum_{i \\text{ that chose } k} ${g}_i`),
      inWords: 'All of a cotangent goes to the number that was chosen, the first of equals; the others get nothing.',
    }),
  maxPool2dGradient: (facts) =>
    pooled(facts, {
      value: (g) =>
        formula(
          `y[i] = Σ ${g.text}[k] over each window k that chose i`,
          `y_i = \\sum_{k \\text{ that chose } i} ${g.latex}_k`,
        ),
      slope: [one, 'i was chosen for k'],
      product: (h) => between('', formula(h), ' at the pixel that was chosen for k'),
      inWords: 'Putting numbers at the chosen pixels; its transpose takes them from there.',
    }),
  takeChosen: (facts) =>
    pooled(facts, {
      value: (x) =>
        formula(
          `y[i] = ${x.text} at the pixel that was chosen for i`,
          `y_i = ${x.latex} \\text{ at the pixel that was chosen for } i`,
        ),
      slope: [one, 'k was chosen for i'],
      product: (g) => formula(`Σ ${g}[i] over each window i that chose k`, `\\sum_{i \\text{ that chose } k} ${g}_i`),
      inWords: 'Taking numbers from the chosen pixels; its transpose puts them back.',
    }),
};
