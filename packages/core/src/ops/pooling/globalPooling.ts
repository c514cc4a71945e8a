import { ShapeError } from '../../errors.ts';
import type { OptionNames } from '../../options/index.ts';
import { formatShape, type Shape, sizeOf } from '../../tensor/shape.ts';

export interface GlobalPoolOptions {
  /** Whether the spatial axes stay, with length 1. Default: false. */
  readonly keepDims?: boolean;
}

export const globalPoolOptions: OptionNames<GlobalPoolOptions> = { keepDims: 'optional flag' };

/** The spatial axes of x `[batch, channels, ...spatial]`; throws a ShapeError when there are none, or no numbers in them. */
export function globalAxes(operation: string, x: Shape): number[] {
  if (x.length >= 3 && sizeOf(x.slice(2)) > 0) return x.slice(2).map((_, axis) => axis + 2);
  throw new ShapeError({
    operation,
    got: `x is ${formatShape(x)}`,
    wanted: '[batch, channels, ...spatial], with at least one number in each channel',
    remedy: 'Call it on images, before they are flattened',
  });
}
