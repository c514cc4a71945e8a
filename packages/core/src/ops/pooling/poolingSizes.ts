import type { PoolingSizes } from '../../kernels/pooling.ts';
import type { Shape } from '../../tensor/shape.ts';
import { image } from '../windows/axes.ts';
import { type PoolOptions, poolWindow } from '../windows/poolWindow.ts';
import type { AxisWindow } from '../windows/window.ts';

/** The pooled shape and all sizes of a pooling of x `[batch, channels, height, width]`, checked. */
export function poolingSizes(
  operation: string,
  x: Shape,
  options: PoolOptions,
): { shape: number[]; sizes: PoolingSizes; window: readonly AxisWindow[] } {
  const { window, lengths } = poolWindow(operation, x, image, options);
  const [vertical, horizontal] = window;
  const [batch, channels, height, width] = x;
  const [outHeight, outWidth] = lengths;
  const sizes: PoolingSizes = [
    batch * channels,
    height,
    width,
    outHeight,
    outWidth,
    vertical.kernel,
    horizontal.kernel,
    vertical.stride,
    horizontal.stride,
    vertical.before,
    horizontal.before,
    vertical.dilation,
    horizontal.dilation,
  ];
  return { shape: [batch, channels, ...lengths], sizes, window };
}
