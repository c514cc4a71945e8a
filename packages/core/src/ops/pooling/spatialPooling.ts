import { ValueError } from '../../errors.ts';
import type { Shape } from '../../tensor/shape.ts';
import { type AxisNames, checkInput } from '../convolution/convolutionChecks.ts';
import { type PerAxis, type SpatialOptions, spatialAxes } from '../windows/spatialAxes.ts';
import { type Axis, outputLength } from '../windows/windows.ts';

/** Options by axis are one number for all axes, or one for each, first to last. */
export interface SpatialPoolOptions extends Omit<SpatialOptions, 'stride'> {
  /** The size of the window. */
  readonly kernelSize: PerAxis;
  /** How far the window moves from one output to the next. Default: the kernel size, so that windows do not overlap. */
  readonly stride?: PerAxis;
  /** Whether a last window may hang over the edge. Default: false. */
  readonly ceilMode?: boolean;
}

/**
 * How the window of a pooling of x `[batch, channels, ...axes]` moves along each of the axes named, and how many places it
 * takes there: `poolingSizes` for any number of axes.
 *
 * @throws ShapeError when x has other axes, or is smaller than the window
 * @throws ValueError when an option is out of range
 */
export function poolingAxes(
  operation: string,
  x: Shape,
  names: AxisNames,
  { kernelSize, stride = kernelSize, padding = 0, dilation = 1, ceilMode = false }: SpatialPoolOptions,
): { axes: Axis[]; lengths: number[] } {
  checkInput(operation, x, names);
  const axes = spatialAxes(operation, kernelSize, names, { stride, padding, dilation });
  for (const { kernel, dilation, before, after } of axes) {
    const reach = dilation * (kernel - 1);
    if (before > reach || after > reach) {
      throw new ValueError({
        operation,
        got: `padding is ${JSON.stringify(padding)}, kernelSize is ${JSON.stringify(kernelSize)}`,
        wanted: 'padding smaller than the window, so that none holds padding alone',
        remedy: 'Use less padding or a larger kernel',
      });
    }
  }
  const lengths = axes.map((axis, at) => outputLength(operation, x[2 + at], axis, names[at], ceilMode));
  return { axes, lengths };
}

/** The options by which `maxPool2d` and `avgPool2d` move a window along two of the axes; without one it stays in its row. */
export function asImagePool(vertical: Axis | null, horizontal: Axis | null) {
  const axes = [vertical ?? still, horizontal ?? still] as const;
  const each = <Value>(value: (axis: Axis) => Value): readonly [Value, Value] => [value(axes[0]), value(axes[1])];
  return {
    kernelSize: each(({ kernel }) => kernel),
    stride: each(({ stride }) => stride),
    padding: each(({ before, after }): readonly [number, number] => [before, after]),
    dilation: each(({ dilation }) => dilation),
  };
}

const still: Axis = { kernel: 1, stride: 1, dilation: 1, before: 0, after: 0 };
