import { ShapeError } from '../../errors.ts';
import type { Shape } from '../../tensor/shape.ts';
import type { AxisWindow } from './window.ts';

/**
 * How many outputs a window has along each spatial axis of x `[batch, channels, ...axes]`:
 *
 * ⌊(length + before + after - dilation·(kernel - 1) - 1) / stride⌋ + 1
 *
 * In ceil mode it is rounded up instead, without a last window that would start behind the input, in its padding.
 *
 * @throws ShapeError when there are none: the window is larger than the padded input, in ceil mode by a stride
 */
export function outputLengths(
  operation: string,
  [, , ...lengths]: Shape,
  window: readonly AxisWindow[],
  ceilMode = false,
): number[] {
  return window.map((along, at) => outputLength(operation, lengths[at], along, ceilMode));
}

function outputLength(operation: string, length: number, window: AxisWindow, ceilMode: boolean): number {
  const { axis, kernel, stride, dilation, before, after } = window;
  const extent = dilation * (kernel - 1) + 1;
  const steps = (ceilMode ? Math.ceil : Math.floor)((length + before + after - extent) / stride);
  if (steps < 0) {
    throw new ShapeError({
      operation,
      got: `${axis} ${length} with padding ${before} + ${after} under a window of ${extent}${
        dilation > 1 ? ` (kernel ${kernel}, dilation ${dilation})` : ''
      }`,
      wanted: 'an input at least as large as the window',
      remedy: `Use a kernel of at most ${Math.max(1, Math.floor((length + before + after - 1) / dilation) + 1)}, or more padding`,
    });
  }
  return ceilMode && steps * stride >= length + before ? steps : steps + 1;
}
