import { ShapeError, ValueError } from '../../errors.ts';
import { inJson } from '../../kinds.ts';
import { formatShape, type Shape } from '../../tensor/shape.ts';
import { channelsFirst, looksChannelsLast } from './channelsLast.ts';

/** The spatial axes of an input, first to last, by the names that errors call them by. */
export type AxisNames = readonly string[];

/** `[batch, channels, length]` */
export const signal: AxisNames = ['length'];
/** `[batch, channels, height, width]` */
export const image: AxisNames = ['height', 'width'];
/** `[batch, channels, depth, height, width]` */
export const volume: AxisNames = ['depth', 'height', 'width'];

/** One number for all spatial axes, or one for each, first to last: `[height, width]`. */
export type PerAxis = number | readonly number[];

/**
 * A whole number of at least `least` for each of the axes.
 *
 * @throws ValueError when it is not that
 */
export function perAxis(operation: string, option: string, value: PerAxis, axes: AxisNames, least: number): number[] {
  const numbers = typeof value === 'number' ? new Array<number>(axes.length).fill(value) : value;
  const isWhole = (number: number): boolean => Number.isSafeInteger(number) && number >= least;
  if (Array.isArray(numbers) && numbers.length === axes.length && [...numbers].every(isWhole)) return [...numbers];
  const isSingle = axes.length === 1;
  throw new ValueError({
    operation,
    got: `${option} is ${inJson(value)}`,
    wanted: `a whole number of at least ${least}${isSingle ? '' : `, or ${axes.length} of them`}`,
    remedy: `Give ${option} as a number${isSingle ? '' : `, or as [${axes.join(', ')}]`}`,
  });
}

/** Throws a ShapeError unless x is `[batch, channels, ...axes]`. */
export function checkInput(operation: string, x: Shape, axes: AxisNames): void {
  if (x.length === 2 + axes.length) return;
  throw new ShapeError({
    operation,
    got: `x is ${formatShape(x)}`,
    wanted: `[batch, channels, ${axes.join(', ')}]`,
    remedy: looksChannelsLast(x, axes.length)
      ? `Channels come first, behind a batch axis: \`${channelsFirst(x, false)}\``
      : 'Reshape it; a single input needs a batch axis of length 1',
  });
}
