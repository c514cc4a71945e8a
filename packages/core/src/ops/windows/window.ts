import { ValueError } from '../../errors.ts';
import { inJson } from '../../kinds.ts';
import { type AxisNames, type PerAxis, perAxis } from './axes.ts';
import { type Padding, readPadding } from './padding.ts';

/** How a window moves over an input. By axis, options are one number for all axes or one for each, first to last. */
export interface WindowOptions {
  /** How far the window moves from one output to the next. Default: 1. */
  readonly stride?: PerAxis;
  /** Default: 0. */
  readonly padding?: Padding;
  /** The distance between neighbouring numbers under the window. Default: 1. */
  readonly dilation?: PerAxis;
}

/** A window along one axis: output i looks at i·stride - before + t·dilation, for t from 0 to kernel - 1. */
export interface AxisWindow {
  /** The name of the axis: `height`. */
  readonly axis: string;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** The zeros in front of the input. */
  readonly before: number;
  /** The zeros behind the input. */
  readonly after: number;
}

/** Kernels count in 32 bits: what moves further than this, twice over, would come round to the front again. */
const limit = 2 ** 28;

/**
 * A window along each of the axes, checked.
 *
 * @example
 * readWindow('conv2d', 3, ['height', 'width'], { stride: 2, padding: 'valid' });
 * @throws ValueError when a size or an option is out of range
 */
export function readWindow(
  operation: string,
  kernelSize: PerAxis,
  axes: AxisNames,
  { stride = 1, padding = 0, dilation = 1 }: WindowOptions = {},
): AxisWindow[] {
  const kernels = perAxis(operation, 'kernelSize', kernelSize, axes, 1);
  const strides = perAxis(operation, 'stride', stride, axes, 1);
  const dilations = perAxis(operation, 'dilation', dilation, axes, 1);
  if (padding === 'same' && strides.some((step) => step !== 1)) {
    throw new ValueError({
      operation,
      got: `padding 'same' with the stride ${inJson(stride)}`,
      wanted: "a stride of 1 with 'same'",
      remedy: 'Give the padding in numbers',
    });
  }
  const reach = kernels.map((kernel, at) => dilations[at] * (kernel - 1));
  const sides = readPadding(operation, padding, axes, reach);
  return axes.map((axis, at) => {
    const [before, after] = sides[at];
    const largest = Math.max(strides[at], reach[at], before, after);
    if (largest >= limit) {
      throw new ValueError({
        operation,
        got: `a window that moves or reaches ${largest} numbers along its ${axis}`,
        wanted: `less than ${limit}`,
        remedy: 'Check how kernelSize, stride, padding and dilation were computed',
      });
    }
    return { axis, kernel: kernels[at], stride: strides[at], dilation: dilations[at], before, after };
  });
}

/** The options that {@link readWindow} reads as this window: how one op hands its window to another. */
export function optionsOf(window: readonly AxisWindow[]) {
  return {
    stride: window.map(({ stride }) => stride),
    padding: window.map(({ before, after }) => [before, after] as const),
    dilation: window.map(({ dilation }) => dilation),
  };
}

/** A window of one number, along an axis that another op adds. */
export const still: AxisWindow = { axis: 'added', kernel: 1, stride: 1, dilation: 1, before: 0, after: 0 };
