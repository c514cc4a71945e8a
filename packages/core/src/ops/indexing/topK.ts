import type { NdArray } from 'ndarray';
import { allocate } from '../../allocate.ts';
import { ValueError } from '../../errors.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { indexArray } from '../../tensor/indices.ts';
import { formatShape, resolveAxis, sizesAlong } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { gather } from './gather.ts';

export interface TopKOptions {
  /** How many are chosen along the axis. */
  readonly k: number;
  /** Default: the last. */
  readonly axis?: number;
  /** Whether the smallest are chosen instead. Default: false. */
  readonly smallest?: boolean;
}

const topKOptions: OptionNames<TopKOptions> = { k: 'required', axis: 'optional', smallest: 'optional flag' };

/**
 * values = the `k` largest x along `axis`, largest first, indices = where each of them stood: of equals the first comes first,
 * and NaN is larger than any number, as in PyTorch. Each number that was chosen gets its cotangent, the others get 0.
 *
 * @returns values and indices of the shape of x, with k along the axis
 * @example topK([3, 1, 2], { k: 2 }).values // [3, 2]
 * @throws ValueError when k is not a whole number from 0 to the length of the axis
 */
export function topK(
  x: TensorLike,
  options: TopKOptions,
  ...surplus: []
): { values: Tensor; indices: NdArray<Int32Array> } {
  checkSurplus('topK', surplus);
  const { k, axis = -1, smallest = false } = checkOptions('topK', options, topKOptions);
  const inputs = operands('topK', { x });
  const { shape, rank } = inputs.x;
  const along = resolveAxis('topK', axis, rank);
  const [outer, length, inner] = sizesAlong(shape, along);
  if (!Number.isSafeInteger(k) || k < 0 || k > length) {
    throw new ValueError({
      operation: 'topK',
      got: `k is ${k}, and x is ${formatShape(shape)} along axis ${along}`,
      wanted: `a whole number from 0 to ${length}`,
      remedy: 'Choose no more than there are',
    });
  }
  const numbers = inputs.x.read();
  const isBefore = smallest ? (a: number, b: number) => lessThan(a, b) : (a: number, b: number) => lessThan(b, a);
  const indices = allocate(Int32Array, outer * k * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const at = (index: number): number => numbers[(o * length + index) * inner + i];
      const order = Array.from({ length }, (_, index) => index).sort((a, b) =>
        isBefore(at(a), at(b)) ? -1 : isBefore(at(b), at(a)) ? 1 : a - b,
      );
      for (let nth = 0; nth < k; nth++) indices[(o * k + nth) * inner + i] = order[nth];
    }
  }
  const chosen = indexArray(indices, shape.with(along, k));
  return { values: gather(inputs.x, chosen, { axis: along }), indices: chosen };
}

/** Whether a comes before b from small to large, NaN last. */
function lessThan(a: number, b: number): boolean {
  return a < b || (Number.isNaN(b) && !Number.isNaN(a));
}
