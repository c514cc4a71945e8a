import { ValueError } from '../../errors.ts';
import { inJson } from '../../kinds.ts';
import type { OptionNames } from '../../options/index.ts';
import type { Shape } from '../../tensor/shape.ts';
import { type AxisNames, checkInput, type PerAxis } from './axes.ts';
import { outputLengths } from './outputLengths.ts';
import { type AxisWindow, optionsOf, readWindow, type WindowOptions } from './window.ts';

/** How the window of a pooling moves. By axis, options are one number for all axes or one for each, first to last. */
export interface PoolOptions extends WindowOptions {
  /** The size of the window. */
  readonly kernelSize: PerAxis;
  /** How far the window moves from one output to the next. Default: the kernel size, so that windows do not overlap. */
  readonly stride?: PerAxis;
  /** Whether a last window may hang over the edge. Default: false. */
  readonly ceilMode?: boolean;
}

export const poolOptions: OptionNames<PoolOptions> = {
  kernelSize: 'required',
  stride: 'optional',
  padding: 'optional',
  dilation: 'optional',
  ceilMode: 'optional flag',
};

/**
 * The window of a pooling of x `[batch, channels, ...axes]` along each of the axes, and how many outputs there are.
 *
 * @throws ShapeError when x has other axes, or is smaller than the window
 * @throws ValueError when an option is out of range
 */
export function poolWindow(
  operation: string,
  x: Shape,
  axes: AxisNames,
  { kernelSize, stride = kernelSize, padding = 0, dilation = 1, ceilMode = false }: PoolOptions,
): { window: AxisWindow[]; lengths: number[] } {
  checkInput(operation, x, axes);
  const window = readWindow(operation, kernelSize, axes, { stride, padding, dilation });
  for (const { kernel, dilation, before, after } of window) {
    const reach = dilation * (kernel - 1);
    if (before > reach || after > reach) {
      throw new ValueError({
        operation,
        got: `padding is ${inJson(padding)}, kernelSize is ${inJson(kernelSize)}`,
        wanted: 'padding smaller than the window, so that none holds padding alone',
        remedy: 'Use less padding or a larger kernel',
      });
    }
  }
  return { window, lengths: outputLengths(operation, x, window, ceilMode) };
}

/** The options by which the poolings of images move a window along two axes. */
export function asImagePool(vertical: AxisWindow, horizontal: AxisWindow): PoolOptions {
  const window = [vertical, horizontal];
  return { kernelSize: window.map(({ kernel }) => kernel), ...optionsOf(window) };
}
