import { ShapeError } from '../../errors.ts';
import { checkList, inJson } from '../../kinds.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { formatShape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type PaddingMode, padWithItself } from './padWithItself.ts';
import { embed, slice } from './slice.ts';

export interface PadOptions {
  /** The number that is put around x, where the mode is `constant`. Default: 0. */
  readonly value?: number;
  /** What is put around x. Default: `constant`, the number `value`. */
  readonly mode?: 'constant' | PaddingMode;
}

const padOptions: OptionNames<PadOptions> = { value: 'optional', mode: 'optional' };

/**
 * y = x with something put before and after it, along each axis, first to last; a negative count cuts off instead. What is
 * put there is one number, or by `mode` numbers of x itself, which get their cotangents too. For x = [a, b, c] and 2 on each
 * side:
 *
 * - `constant`: [0, 0, a, b, c, 0, 0]
 * - `reflect`: [c, b, a, b, c, b, a], x in a mirror that stands on its last number
 * - `replicate`: [a, a, a, b, c, c, c], the number at the edge
 * - `circular`: [b, c, a, b, c, a, b], x over and over
 *
 * @param pads [before, after] for each axis of x
 * @example pad([1, 2], [[1, 2]]) // [0, 1, 2, 0, 0]
 * @throws ShapeError when there is not one pair of whole numbers for each axis, more is cut off than there is, or x is too
 * short for the mode
 * @throws ValueError when there is no such mode
 */
export function pad(
  x: TensorLike,
  pads: readonly (readonly [before: number, after: number])[],
  options: PadOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('pad', surplus);
  const { value = 0, mode = 'constant' } = checkOptions('pad', options, padOptions);
  const inputs = operands('pad', { x });
  const { shape, rank } = inputs.x;
  checkList('pad', 'pads', pads, {
    wanted: 'a pair of counts for each axis',
    remedy: 'Give [before, after] for each axis, [0, 0] where nothing is added',
  });
  const isValid =
    // Spread, for `every` passes over holes.
    [...pads].every((pair) => Array.isArray(pair) && pair.length === 2) &&
    pads.length === rank &&
    [...pads].every((pair) => [...pair].every(Number.isInteger)) &&
    pads.every(([before, after], axis) => Math.min(0, before) + Math.min(0, after) + shape[axis] >= 0);
  if (!isValid) {
    throw new ShapeError({
      operation: 'pad',
      got: `x is ${formatShape(shape)}, pads are ${inJson(pads)}`,
      wanted: 'a pair of whole numbers for each axis, which cut off no more than there is',
      remedy: 'Give [before, after] for each axis, [0, 0] where nothing is added',
    });
  }
  if (mode !== 'constant') return padWithItself(inputs.x, pads, mode);
  const cropped = pads.some(([before, after]) => before < 0 || after < 0)
    ? slice(
        inputs.x,
        pads.map(([before, after], axis) => [Math.max(0, -before), shape[axis] + Math.min(0, after)]),
      )
    : inputs.x;
  const grown = cropped.shape.map((length, axis) => length + Math.max(0, pads[axis][0]) + Math.max(0, pads[axis][1]));
  const starts = pads.map(([before]) => Math.max(0, before));
  return embed(cropped, { starts, steps: starts.map(() => 1), shape: grown }, value);
}
