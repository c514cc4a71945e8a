import * as kernels from '../../engine/kernels.ts';
import { ShapeError } from '../../errors.ts';
import { type FormulaTable, formula, putBack, taken } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { type Indices, type ReadIndices, readIndices } from '../../tensor/indices.ts';
import { formatShape, resolveAxis, type Shape, sizesAlong } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { slice } from '../shape/slice.ts';

export interface GatherOptions {
  /** The axis that is indexed. */
  readonly axis: number;
}

const gatherOptions: OptionNames<GatherOptions> = { axis: 'required' };

/**
 * y = x looked up along `axis`: for three axes and axis 1, y[i, j, k] = x[i, index[i, j, k], k]. Each number of x gets the
 * cotangents of all elements it went to, added.
 *
 * @param index as many axes as x, and along the others no longer than x; y has its shape
 * @example gather([[1, 2], [3, 4]], [[1], [0]], { axis: 1 }) // [[2], [3]]
 * @throws ShapeError when the index has other axes
 * @throws ValueError when an index is not a whole number from 0 to the length of the axis - 1
 */
export function gather(x: TensorLike, index: Indices, options: GatherOptions, ...surplus: []): Tensor {
  checkSurplus('gather', surplus);
  const { axis } = checkOptions('gather', options, gatherOptions);
  const inputs = operands('gather', { x });
  const { shape, rank } = inputs.x;
  const along = resolveAxis('gather', axis, rank);
  const meaning = `indices along axis ${along} of x ${formatShape(shape)}`;
  const read = readIndices('gather', 'index', index, { length: shape[along], meaning });
  const fits = read.shape.every((length, other) => other === along || length <= shape[other]);
  if (read.shape.length !== rank || !fits) {
    throw new ShapeError({
      operation: 'gather',
      got: `x is ${formatShape(shape)}, index is ${formatShape(read.shape)}`,
      wanted: `an index of ${rank} ${rank === 1 ? 'axis' : 'axes'}, no longer than x but along axis ${along}`,
      remedy: 'Reshape or broadcast the index, or use `take` for whole rows',
    });
  }
  // What the index does not reach is cut off first; then the other axes agree.
  const isWhole = read.shape.every((length, other) => other === along || length === shape[other]);
  const reached = isWhole
    ? inputs.x
    : slice(
        inputs.x,
        shape.map((_, other) => (other === along ? null : [0, read.shape[other]])),
      );
  return gatherAlong(reached, along, read);
}

function gatherAlong(x: Tensor, axis: number, read: ReadIndices): Tensor {
  return record({
    operation: 'gather',
    inputs: { x, index: read.tensor },
    attributes: { axis },
    shape: read.shape,
    value: (y, memory) => kernels.gather(flatten(x.view, memory), read.numbers, y, ...sizesOf(x.shape, axis, read)),
    vjps: { x: (g) => putGathered(g, axis, read, x.shape), index: null },
  });
}

/** x = zeros of `shape`, to which each number of g is added where it was taken from: the transpose of {@link gatherAlong}. */
function putGathered(g: Tensor, axis: number, read: ReadIndices, shape: Shape): Tensor {
  return record({
    operation: 'gatherGradient',
    inputs: { g },
    attributes: { axis },
    shape,
    value: (x, memory) => kernels.putGathered(flatten(g.view, memory), read.numbers, x, ...sizesOf(shape, axis, read)),
    vjps: { g: (h) => gatherAlong(h, axis, read) },
  });
}

function sizesOf(
  shape: Shape,
  axis: number,
  read: ReadIndices,
): [outer: number, length: number, count: number, inner: number] {
  const [outer, length, inner] = sizesAlong(shape, axis);
  return [outer, length, read.shape[axis], inner];
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  gather: (facts) =>
    taken(facts, (x) =>
      formula(
        `y[i] = ${x.text} at index[i] along the axis`,
        `y_i = ${x.latex} \\text{ at } \\mathrm{index}_i \\text{ along the axis}`,
      ),
    ),
  gatherGradient: (facts) => putBack(facts),
};
