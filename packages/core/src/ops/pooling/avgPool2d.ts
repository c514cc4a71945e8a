import { allocateFloats } from '../../allocate.ts';
import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import type { DataType, FloatArray } from '../../kernels/dtype.ts';
import type { PoolingSizes } from '../../kernels/pooling.ts';
import { averaged, type FormulaTable, sharedOut } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import { full, type TensorLike, tensor } from '../../tensor/create.ts';
import type { Shape } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { conv2d } from '../convolution/conv2d.ts';
import { multiply } from '../elementwise/multiply.ts';
import { reshape } from '../shape/reshape.ts';
import { slice } from '../shape/slice.ts';
import type { PoolOptions } from '../windows/poolWindow.ts';
import { type AxisWindow, optionsOf } from '../windows/window.ts';
import { poolingSizes } from './poolingSizes.ts';

export interface AvgPoolOptions extends PoolOptions {
  /** Whether padding counts as zeros that are averaged over. What hangs over the padding never does. Default: true. */
  readonly countIncludePad?: boolean;
}

export const avgPoolOptions: OptionNames<AvgPoolOptions> = {
  kernelSize: 'required',
  stride: 'optional',
  padding: 'optional',
  dilation: 'optional',
  ceilMode: 'optional flag',
  countIncludePad: 'optional flag',
};

export interface AvgPool2dOptions extends AvgPoolOptions {
  /** What sums are divided by, instead of how many numbers the window covers. Default: none. */
  readonly divisorOverride?: number;
}

export const avgPool2dOptions: OptionNames<AvgPool2dOptions> = {
  kernelSize: 'required',
  stride: 'optional',
  padding: 'optional',
  dilation: 'optional',
  ceilMode: 'optional flag',
  countIncludePad: 'optional flag',
  divisorOverride: 'optional',
};

/**
 * y = the mean of the numbers under each window. Every one of them gets an equal share of the cotangent. As in PyTorch, which
 * has no dilation here; that is as in ONNX, and such a mean is recorded as a convolution with a filter of ones.
 *
 * @param x `[batch, channels, height, width]`
 * @returns `[batch, channels, ⌊(height + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1, and likewise the width]`
 * @example avgPool2d([[[[1, 2], [3, 6]]]], { kernelSize: 2 }) // [[[[3]]]]
 * @throws ShapeError when x is not a batch of images, or smaller than the window
 * @throws ValueError when an option is out of range
 */
export function avgPool2d(x: TensorLike, options: AvgPool2dOptions, ...surplus: []): Tensor {
  checkSurplus('avgPool2d', surplus);
  checkOptions('avgPool2d', options, avgPool2dOptions);
  const inputs = operands('avgPool2d', { x });
  const { shape, sizes, window } = poolingSizes('avgPool2d', inputs.x.shape, options);
  const { divisorOverride = 1 } = options;
  if (divisorOverride === 0 || !Number.isFinite(divisorOverride)) {
    throw new ValueError({
      operation: 'avgPool2d',
      got: `divisorOverride is ${divisorOverride}`,
      wanted: 'a number to divide by',
      remedy: 'Leave it out to divide by the number of elements',
    });
  }
  const shares = sharesOf(inputs.x.dtype, sizes, window, options);
  if (window.some(({ dilation }) => dilation > 1)) return spreadOutMean(inputs.x, shares, shape, window);
  return average(inputs.x, shares, shape, sizes, { ...options });
}

/** Means under windows with gaps: each channel by itself, convolved with ones, and each sum times its share. */
function spreadOutMean(x: Tensor, shares: FloatArray, shape: Shape, window: readonly AxisWindow[]): Tensor {
  const [batch, channels, ...lengths] = x.shape;
  // In ceil mode the last window hangs over the padding, over zeros that no share counts.
  const reaching = window.map((axis, at) => {
    const end = (shape[2 + at] - 1) * axis.stride + axis.dilation * (axis.kernel - 1) + 1;
    return { ...axis, after: Math.max(axis.after, end - axis.before - lengths[at]) };
  });
  const filter = full([1, 1, ...window.map(({ kernel }) => kernel)], 1, { dtype: x.dtype });
  const sums = conv2d(reshape(x, [batch * channels, 1, ...lengths]), filter, optionsOf(reaching));
  const cut = slice(sums, [null, null, [0, shape[2]], [0, shape[3]]]);
  return reshape(multiply(cut, tensor(shares, { shape: shape.slice(2), dtype: x.dtype })), shape);
}

function average(
  x: Tensor,
  shares: FloatArray,
  shape: Shape,
  sizes: PoolingSizes,
  attributes: Readonly<Record<string, unknown>>,
): Tensor {
  return record({
    operation: 'avgPool2d',
    inputs: { x },
    attributes,
    shape,
    value: (y, memory) => kernels.avgPool2d(flatten(x.view, memory), shares, y, ...sizes),
    vjps: { x: (g) => spread(g, shares, x.shape, sizes, attributes) },
  });
}

/** The transpose of {@link average}: each number of g is shared out over its window. */
function spread(
  g: Tensor,
  shares: FloatArray,
  shape: Shape,
  sizes: PoolingSizes,
  attributes: Readonly<Record<string, unknown>>,
): Tensor {
  return record({
    operation: 'avgPool2dGradient',
    inputs: { g },
    shape,
    value: (x, memory) => kernels.avgPool2dGradient(flatten(g.view, memory), shares, x, ...sizes),
    vjps: { g: (h) => average(h, shares, g.shape, sizes, attributes) },
  });
}

/** For each element of a plane, one over what its sum is divided by. */
function sharesOf(
  dtype: DataType,
  sizes: PoolingSizes,
  [vertical, horizontal]: readonly AxisWindow[],
  { countIncludePad = true, divisorOverride }: AvgPool2dOptions,
): FloatArray {
  const [, height, width, outHeight, outWidth] = sizes;
  const shares = allocateFloats(dtype, outHeight * outWidth);
  if (isInside(outHeight, vertical, height) && isInside(outWidth, horizontal, width)) {
    return shares.fill(1 / (divisorOverride ?? vertical.kernel * horizontal.kernel));
  }
  for (let row = 0, at = 0; row < outHeight; row++) {
    const rows = coverage(row, vertical, height, countIncludePad);
    for (let column = 0; column < outWidth; column++, at++) {
      const count = rows * coverage(column, horizontal, width, countIncludePad);
      shares[at] = count === 0 ? 0 : 1 / (divisorOverride ?? count);
    }
  }
  return shares;
}

/** Whether all windows along an axis lie inside of the image, so that each covers as many elements as it has. */
function isInside(outputs: number, { kernel, stride, dilation, before }: AxisWindow, length: number): boolean {
  return before === 0 && (outputs - 1) * stride + dilation * (kernel - 1) < length;
}

/** How many elements of one axis a window covers: of the image, or of the image with its padding. */
function coverage(
  position: number,
  { kernel, stride, dilation, before, after }: AxisWindow,
  length: number,
  withPadding: boolean,
): number {
  const start = position * stride - before;
  const [first, last] = withPadding ? [-before, length + after] : [0, length];
  // Of the elements start + t·dilation, t below kernel, those from `first` to below `last`.
  const from = Math.max(0, Math.ceil((first - start) / dilation));
  return Math.max(0, Math.min(kernel, Math.ceil((last - start) / dilation)) - from);
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  avgPool2d: (facts) => averaged(facts, 'window'),
  avgPool2dGradient: (facts) => sharedOut(facts, 'window'),
};
