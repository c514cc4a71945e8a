import { ShapeError } from '../../errors.ts';
import { inJson } from '../../kinds.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { checkNumberList, formatShape, resolveAxis } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { slice } from './slice.ts';

export interface SplitOptions {
  /** The axis that is cut. Default: 0. */
  readonly axis?: number;
}

const splitOptions: OptionNames<SplitOptions> = { axis: 'optional' };

/**
 * x cut into parts along an axis, first to last: parts of one size, of which the last may be shorter, or parts of the sizes
 * that are listed. `concat` puts them together again. Nothing is copied; the gradient by x are the cotangents of the parts, one
 * behind the other. As in PyTorch.
 *
 * @param sizes how long each part is, or a list with the length of each
 * @example split([[1, 2, 3, 4]], 2, { axis: 1 }) // [[[1, 2]], [[3, 4]]]
 * @throws ShapeError when the sizes are not whole numbers, or do not sum to the length of the axis
 */
export function split(
  x: TensorLike,
  sizes: number | readonly number[],
  options: SplitOptions = {},
  ...surplus: []
): Tensor[] {
  checkSurplus('split', surplus);
  const { axis = 0 } = checkOptions('split', options, splitOptions);
  const inputs = operands('split', { x });
  const { shape, rank } = inputs.x;
  const along = resolveAxis('split', axis, rank);
  const length = shape[along];
  if (typeof sizes !== 'number') checkNumberList('split', 'sizes', sizes, 'Give the length of each part: `[2, 3]`');
  const lengths = typeof sizes === 'number' ? ofOneSize(sizes, length) : sizes;
  const total = lengths.reduce((sum, each) => sum + each, 0);
  if (total !== length || !lengths.every((each) => Number.isSafeInteger(each) && each >= 0)) {
    throw new ShapeError({
      operation: 'split',
      got: `x is ${formatShape(shape)}, sizes are ${inJson(sizes)} along axis ${along}`,
      wanted: `a whole number of at least 1, or whole numbers that sum to ${length}`,
      remedy: 'Give one number for parts of one size, or the length of each part',
    });
  }
  let start = 0;
  return lengths.map((size) => {
    start += size;
    return slice(
      inputs.x,
      shape.map((_, other) => (other === along ? [start - size, start] : null)),
    );
  });
}

/** Lengths of parts of one size; NaN, which no axis is long, where it is no size. */
function ofOneSize(size: number, length: number): number[] {
  if (!Number.isSafeInteger(size) || size < 1) return [Number.NaN];
  return Array.from({ length: Math.ceil(length / size) }, (_, part) => Math.min(size, length - part * size));
}
