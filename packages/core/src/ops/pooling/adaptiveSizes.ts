import { ShapeError } from '../../errors.ts';
import type { OptionNames } from '../../options/index.ts';
import { formatShape, type Shape } from '../../tensor/shape.ts';
import { type AxisNames, checkInput, type PerAxis, perAxis } from '../windows/axes.ts';

export interface AdaptivePool1dOptions {
  /** How many cells there are; there may be more than numbers. */
  readonly outputSize: number;
}

export const adaptivePool1dOptions: OptionNames<AdaptivePool1dOptions> = { outputSize: 'required' };

export interface AdaptivePool2dOptions {
  /** `[outHeight, outWidth]`, or one number for both; it may be larger than the image. */
  readonly outputSize: PerAxis;
}

export const adaptivePool2dOptions: OptionNames<AdaptivePool2dOptions> = { outputSize: 'required' };

/**
 * Into how many cells each of the axes is cut, checked.
 *
 * @throws ShapeError when x is not `[batch, channels, ...axes]`, or one of these is empty
 * @throws ValueError when the output size is not whole numbers of at least 1
 */
export function adaptiveSizes(operation: string, x: Shape, outputSize: PerAxis, axes: AxisNames): number[] {
  checkInput(operation, x, axes);
  const cells = perAxis(operation, 'outputSize', outputSize, axes, 1);
  const empty = axes.find((_, axis) => x[2 + axis] === 0);
  if (empty !== undefined) {
    throw new ShapeError({
      operation,
      got: `x is ${formatShape(x)}, with a ${empty} of 0`,
      wanted: 'at least one number along each spatial axis',
      remedy: 'Look at the layers before: something has cut everything away',
    });
  }
  return cells;
}
