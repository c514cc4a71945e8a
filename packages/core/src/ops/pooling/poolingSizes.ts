import { ValueError } from '../../errors.ts';
import type { PoolingSizes } from '../../kernels/pooling.ts';
import type { Shape } from '../../tensor/shape.ts';
import { type Axis, checkImages, outputLength, type Padding, type Pair, pair, windowAxes } from '../windows/windows.ts';

export interface PoolOptions {
  /** The size of the window. */
  readonly kernelSize: Pair;
  /** How far the window moves from one output to the next. Default: the kernel size, so that windows do not overlap. */
  readonly stride?: Pair;
  /** Default: 0. */
  readonly padding?: Padding;
  /** The distance between neighbouring numbers under the window. Default: 1. */
  readonly dilation?: Pair;
  /** Whether a last window may hang over the edge. Default: false. */
  readonly ceilMode?: boolean;
}

/** The pooled shape and all sizes of a pooling of x `[batch, channels, height, width]`, checked. */
export function poolingSizes(
  operation: string,
  x: Shape,
  { kernelSize, stride, padding = 0, dilation = 1, ceilMode = false }: PoolOptions,
): { shape: number[]; sizes: PoolingSizes; axes: readonly [Axis, Axis] } {
  checkImages(operation, x);
  const kernel = pair(operation, 'kernelSize', kernelSize, 1);
  const axes = windowAxes(operation, kernel, { stride: stride ?? kernel, padding, dilation });
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
  const [vertical, horizontal] = axes;
  const [batch, channels, height, width] = x;
  const outHeight = outputLength(operation, height, vertical, 'height', ceilMode);
  const outWidth = outputLength(operation, width, horizontal, 'width', ceilMode);
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
  return { shape: [batch, channels, outHeight, outWidth], sizes, axes };
}
