import { allocate } from '../../allocate.ts';
import { ShapeError, ValueError } from '../../errors.ts';
import { inJson } from '../../kinds.ts';
import type { OptionNames } from '../../options/index.ts';
import { formatShape, type Shape } from '../../tensor/shape.ts';
import { type AxisNames, type PerAxis, perAxis } from '../windows/axes.ts';

/** How numbers between those of x are found. */
export type InterpolationMode = keyof typeof axesOf;

/** For how many spatial axes each mode is, as in PyTorch; `nearest` is for any number. */
const axesOf = { nearest: undefined, linear: 1, bilinear: 2, trilinear: 3 } as const;

export interface InterpolateOptions {
  /** How long the spatial axes of the output are: one number for all, or one for each. This or `scale` is needed. */
  readonly size?: PerAxis;
  /** How many times as long they are as those of x, rounded down: one number for all, or one for each. */
  readonly scale?: number | readonly number[];
  /** `linear` is for one spatial axis, `bilinear` for two, `trilinear` for three. Default: `nearest`. */
  readonly mode?: InterpolationMode;
  /** Whether the outermost numbers stay where they are, instead of their outer edges. Not for `nearest`. Default: false. */
  readonly alignCorners?: boolean;
}

export const interpolateOptions: OptionNames<InterpolateOptions> = {
  size: 'optional',
  scale: 'optional',
  mode: 'optional',
  alignCorners: 'optional flag',
};

/** What the outputs along one axis read: the share of the upper neighbour is `shares`; `null` where lower alone counts. */
export interface Resized {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly shares: Float64Array | null;
}

/**
 * What the outputs along each spatial axis read; `null` for an axis that stays as it is.
 *
 * @throws ShapeError when an axis of x is empty
 * @throws ValueError when an option is out of range, or the mode is for another number of axes
 */
export function resizedAxes(
  operation: string,
  x: Shape,
  axes: AxisNames,
  { size, scale, mode = 'nearest', alignCorners = false }: InterpolateOptions,
): (Resized | null)[] {
  checkMode(operation, mode, alignCorners, axes);
  const lengths = x.slice(2);
  if (lengths.includes(0)) {
    throw new ShapeError({
      operation,
      got: `x is ${formatShape(x)}`,
      wanted: 'at least one number along each spatial axis',
      remedy: 'Look at the layers before: something has cut everything away',
    });
  }
  const factors = factorsOf(operation, size, scale, lengths, axes);
  const sizes =
    factors === undefined
      ? perAxis(operation, 'size', size ?? 0, axes, 1)
      : lengths.map((length, axis) => Math.floor(length * factors[axis]));
  return lengths.map((length, axis) => {
    const count = sizes[axis];
    const ratio = factors ? 1 / factors[axis] : length / count;
    if (mode === 'nearest') {
      // As a quotient of whole numbers, which is exact where i·(n/m) is a hair too small.
      const at = (i: number): number => Math.floor(factors ? i / factors[axis] : (i * length) / count);
      return count === length && ratio === 1 ? null : positions(count, length, at, true);
    }
    const at = alignCorners
      ? (i: number): number => (count === 1 ? 0 : (i * (length - 1)) / (count - 1))
      : (i: number): number => Math.max(0, (i + 0.5) * ratio - 0.5);
    return count === length && (alignCorners || ratio === 1) ? null : positions(count, length, at, false);
  });
}

function positions(count: number, length: number, at: (i: number) => number, isWhole: boolean): Resized {
  const exact = allocate(Float64Array, count).map((_, i) => Math.min(at(i), length - 1));
  const lower = Int32Array.from(exact, Math.floor);
  const upper = lower.map((index) => Math.min(index + 1, length - 1));
  return { lower, upper, shares: isWhole ? null : exact.map((position, i) => position - lower[i]) };
}

function checkMode(operation: string, mode: InterpolationMode, alignCorners: boolean, axes: AxisNames): void {
  const isKnown = Object.hasOwn(axesOf, mode) && [undefined, axes.length].includes(axesOf[mode]);
  if (isKnown && !(alignCorners && mode === 'nearest')) return;
  const fitting = Object.entries(axesOf).find(([, count]) => count === axes.length)?.[0];
  throw new ValueError({
    operation,
    got: `mode is '${mode}'${alignCorners ? ' with alignCorners' : ''}, for the spatial axes ${axes.join(', ')}`,
    wanted: `'nearest' or '${fitting}', and alignCorners with the latter only`,
    remedy: `Take '${fitting}' to mix neighbours, 'nearest' to repeat them`,
  });
}

/** The scale of each axis; `undefined` where the size is given instead. */
function factorsOf(
  operation: string,
  size: PerAxis | undefined,
  scale: number | readonly number[] | undefined,
  lengths: Shape,
  axes: AxisNames,
): readonly number[] | undefined {
  if (scale === undefined && size !== undefined) return undefined;
  const factors = typeof scale === 'number' ? axes.map(() => scale) : (scale ?? []);
  const isFine =
    factors.length === axes.length &&
    factors.every((factor, axis) => factor < Infinity && Math.floor(lengths[axis] * factor) >= 1);
  if (isFine && size === undefined) return factors;
  throw new ValueError({
    operation,
    got: `size is ${inJson(size)}, scale is ${inJson(scale)}`,
    wanted: `one of the two: a size in whole numbers, or a scale that leaves something of [${lengths.join(', ')}]`,
    remedy: 'Give `size` for a size that is known, `scale: 2` to double it whatever it is',
  });
}
