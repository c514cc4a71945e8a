import { ValueError } from '../../errors.ts';
import { inJson } from '../../kinds.ts';
import type { AxisNames } from './axes.ts';

/**
 * Zeros before and behind an input along each axis: one number for all sides, or a list with a number or `[before, after]`
 * for each axis, such as `[vertical, horizontal]` or `[[top, bottom], [left, right]]`; with a single axis also `[before,
 * after]` alone. `valid` is none; `same` keeps the size, where of an odd number of zeros one more stands behind, and wants a
 * stride of 1.
 */
export type Padding = number | readonly (number | Sides)[] | 'same' | 'valid';

/** How many zeros stand before the first and after the last number of an axis. */
export type Sides = readonly [before: number, after: number];

/**
 * The zeros before and after, for each axis. With `same` they are as many as a window with this reach, dilation·(kernel - 1),
 * takes away.
 *
 * @throws ValueError when the padding cannot be read
 */
export function readPadding(
  operation: string,
  padding: Padding,
  axes: AxisNames,
  reach: readonly number[],
): readonly Sides[] {
  if (padding === 'same') return reach.map((more) => [Math.floor(more / 2), Math.ceil(more / 2)]);
  if (isCount(padding)) return new Array<Sides>(axes.length).fill([padding, padding]);
  const sides = listed(padding === 'valid' ? 0 : padding, axes.length).map((side) =>
    typeof side === 'number' ? [side, side] : side,
  );
  if (sides.length === axes.length && sides.every(isSides)) return sides;
  throw new ValueError({
    operation,
    got: `padding is ${inJson(padding)}`,
    wanted: "whole numbers of at least 0, 'same' or 'valid'",
    remedy:
      axes.length === 1
        ? 'Give a number or [before, after]'
        : `Give a number, or for each of [${axes.join(', ')}] a number or [before, after]`,
  });
}

/** What is given for each axis; nothing where it is no number and no list. */
function listed(padding: Exclude<Padding, 'same' | 'valid'>, axes: number): readonly unknown[] {
  if (typeof padding === 'number') return new Array<number>(axes).fill(padding);
  if (!Array.isArray(padding)) return [];
  const isSidesAlone = axes === 1 && padding.length === 2 && typeof padding[0] === 'number';
  return isSidesAlone ? [padding] : padding;
}

function isSides(side: unknown): side is Sides {
  return Array.isArray(side) && side.length === 2 && side.every(isCount);
}

function isCount(count: unknown): count is number {
  return Number.isSafeInteger(count) && (count as number) >= 0;
}
