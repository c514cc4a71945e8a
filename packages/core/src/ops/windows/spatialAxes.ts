import { ValueError } from '../../errors.ts';
import type { AxisNames } from '../convolution/convolutionChecks.ts';
import type { Axis } from './windows.ts';

/** One number for all spatial axes, or one each, first to last. */
export type PerAxis = number | readonly number[];

/**
 * Zeros around an input: one number for all sides, or for each axis one number or `[before, after]`; with a single axis
 * `[before, after]` alone. `valid` is none; `same` keeps the size, with an odd cell at the end, and wants a stride of 1.
 */
export type SpatialPadding = number | readonly (number | readonly [before: number, after: number])[] | 'same' | 'valid';

export interface SpatialOptions {
  /** How far the window moves from one output to the next. Default: 1. */
  readonly stride?: PerAxis;
  /** Default: 0. */
  readonly padding?: SpatialPadding;
  /** The distance between neighbouring numbers under the window. Default: 1. */
  readonly dilation?: PerAxis;
}

/**
 * How a window moves along each of the axes named, checked: `windowAxes` for any number of axes.
 *
 * @throws ValueError when an option is out of range
 */
export function spatialAxes(
  operation: string,
  kernel: PerAxis,
  names: AxisNames,
  { stride = 1, padding = 0, dilation = 1 }: SpatialOptions,
): Axis[] {
  const kernels = perAxis(operation, 'kernelSize', kernel, names, 1);
  const strides = perAxis(operation, 'stride', stride, names, 1);
  const dilations = perAxis(operation, 'dilation', dilation, names, 1);
  if (padding === 'same' && strides.some((step) => step !== 1)) {
    throw new ValueError({
      operation,
      got: `padding 'same' with the stride ${JSON.stringify(stride)}`,
      wanted: "a stride of 1 with 'same'",
      remedy: 'Give the padding in numbers',
    });
  }
  const sides = readPadding(padding, names.length);
  if (!sides) {
    throw new ValueError({
      operation,
      got: `padding is ${JSON.stringify(padding)}`,
      wanted: "whole numbers of at least 0, 'same' or 'valid'",
      remedy:
        names.length === 1
          ? 'Give a number or [before, after]'
          : `Give a number, [${names.join(', ')}] or a pair [before, after] for each of these`,
    });
  }
  return kernels.map((length, axis) => {
    const reach = dilations[axis] * (length - 1);
    const [before, after] = sides === 'same' ? [Math.floor(reach / 2), Math.ceil(reach / 2)] : sides[axis];
    return { kernel: length, stride: strides[axis], dilation: dilations[axis], before, after };
  });
}

/**
 * A whole number of at least `least` for each of the axes named.
 *
 * @throws ValueError when it is not that
 */
export function perAxis(operation: string, option: string, value: PerAxis, names: AxisNames, least: number): number[] {
  const all = typeof value === 'number' ? names.map(() => value) : value;
  if (all.length === names.length && all.every((number) => isWhole(number, least))) return [...all];
  const isSingle = names.length === 1;
  throw new ValueError({
    operation,
    got: `${option} is ${JSON.stringify(value)}`,
    wanted: `a whole number of at least ${least}${isSingle ? '' : `, or ${names.length} of them`}`,
    remedy: `Give ${option} as a number${isSingle ? '' : `, or as [${names.join(', ')}]`}`,
  });
}

/** The zeros before and after, for each axis; `undefined` when it cannot be read. */
function readPadding(
  padding: SpatialPadding,
  axes: number,
): readonly (readonly [number, number])[] | 'same' | undefined {
  if (padding === 'same') return padding;
  const given = padding === 'valid' ? 0 : padding;
  if (typeof given === 'string') return undefined;
  const isOnePair = axes === 1 && typeof given !== 'number' && typeof given[0] === 'number' && given.length === 2;
  const list = typeof given === 'number' ? new Array<number>(axes).fill(given) : isOnePair ? [given] : given;
  const sides = list.map((side) => (typeof side === 'number' ? [side, side] : side));
  const isPair = (side: readonly unknown[]): side is readonly [number, number] =>
    side.length === 2 && side.every((count) => isWhole(count, 0));
  return sides.length === axes && sides.every(isPair) ? sides : undefined;
}

function isWhole(number: unknown, least: number): boolean {
  return Number.isSafeInteger(number) && Number(number) >= least;
}
