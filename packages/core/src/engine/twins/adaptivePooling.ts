import type { AdaptivePoolingSizes } from '../../kernels/adaptivePooling.ts';
import { launch, readable, writable } from '../launch.ts';
import type { KernelArray } from '../state.ts';

/** How many numbers are one piece of work, of some 10 microseconds. */
const grain = 16_384;

export function adaptiveAvgPool2d(x: Float32Array, y: Float32Array, ...sizes: AdaptivePoolingSizes): void {
  pool('adaptiveAverage', x, y, sizes);
}

export function adaptiveAvgPool2dGradient(
  g: Float32Array,
  xGradient: Float32Array,
  ...sizes: AdaptivePoolingSizes
): void {
  pool('adaptiveAverageGradient', g, xGradient, sizes);
}

export function adaptiveArgMax2d(x: Float32Array, chosen: Int32Array, ...sizes: AdaptivePoolingSizes): void {
  pool('adaptiveLargest', x, chosen, sizes);
}

function pool(routine: string, from: KernelArray, to: KernelArray, [planes, ...sizes]: AdaptivePoolingSizes): void {
  const [height, width, outHeight, outWidth] = sizes;
  const planesOfPiece = Math.ceil(grain / (height * width + 4 * outHeight * outWidth));
  launch(routine, planes, planesOfPiece, readable(from), writable(to), ...sizes);
}
