import * as kernels from '../../engine/kernels.ts';
import { ShapeError, ValueError } from '../../errors.ts';
import { addUp, type Formula, type FormulaTable, formula, putBack, taken } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { type Indices, type ReadIndices, readIndices } from '../../tensor/indices.ts';
import { formatShape, resolveAxis, type Shape, sizesAlong } from '../../tensor/shape.ts';
import { flatten } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';

export interface TakeOptions {
  /** The axis that is indexed. Default: 0. */
  readonly axis?: number;
}

const takeOptions: OptionNames<TakeOptions> = { axis: 'optional' };

/**
 * y = the slices of x at `indices` along `axis` (default 0), in their order; one may be taken more than once. Each slice
 * of x gets the cotangents of all its copies, added.
 *
 * @param indices of any shape, which stands in y instead of the axis
 * @example take([[1, 2], [3, 4], [5, 6]], [2, 0]) // [[5, 6], [1, 2]]
 * @throws ValueError when an index is not a whole number from 0 to the length of the axis - 1
 */
export function take(x: TensorLike, indices: Indices, options: TakeOptions = {}, ...surplus: []): Tensor {
  checkSurplus('take', surplus);
  const { axis = 0 } = checkOptions('take', options, takeOptions);
  const inputs = operands('take', { x });
  const along = resolveAxis('take', axis, inputs.x.rank);
  const meaning = `indices along axis ${along} of x ${formatShape(inputs.x.shape)}`;
  const read = readIndices('take', 'indices', indices, { length: inputs.x.shape[along], meaning });
  return takeAlong('take', inputs, along, { read, owed: read.numbers });
}

export interface EmbeddingOptions {
  /** The row that stands for nothing, and gets no gradient. Default: none. */
  readonly paddingIndex?: number;
}

const embeddingOptions: OptionNames<EmbeddingOptions> = { paddingIndex: 'optional' };

/**
 * y[…, :] = weight[indices[…], :]: for each word, the row of numbers that stands for it. A row gets the cotangents of all
 * its uses, added; the row `paddingIndex` is read like any other, but gets none, as in PyTorch.
 *
 * @param indices of any shape
 * @param weight `[count, features]`
 * @returns `[...indices.shape, features]`
 * @example embedding([1, 0, 1], [[1, 2], [3, 4]]) // [[3, 4], [1, 2], [3, 4]]
 * @throws ShapeError when the weight is not a matrix
 * @throws ValueError when an index, or the padding index, is not a whole number from 0 to count - 1
 */
export function embedding(
  indices: Indices,
  weight: TensorLike,
  options: EmbeddingOptions = {},
  ...surplus: []
): Tensor {
  checkSurplus('embedding', surplus);
  const { paddingIndex } = checkOptions('embedding', options, embeddingOptions);
  const inputs = operands('embedding', { weight });
  const { shape, rank } = inputs.weight;
  if (rank !== 2) {
    throw new ShapeError({
      operation: 'embedding',
      got: `weight is ${formatShape(shape)}`,
      wanted: '[count, features]',
      remedy: 'Give one row for each index',
    });
  }
  const isRow = (index: number): boolean => Number.isInteger(index) && index >= 0 && index < shape[0];
  if (paddingIndex !== undefined && !isRow(paddingIndex)) {
    throw new ValueError({
      operation: 'embedding',
      got: `paddingIndex is ${paddingIndex}`,
      wanted: `a row of weight ${formatShape(shape)}, counted from 0`,
      remedy: 'Leave it out where there is no padding',
    });
  }
  const meaning = `rows of weight ${formatShape(shape)}`;
  const read = readIndices('embedding', 'indices', indices, { length: shape[0], meaning });
  const owed = read.numbers.map((index) => (index === paddingIndex ? nothing : index));
  return takeAlong('embedding', inputs, 0, { read, owed });
}

/** Stands for a slice that gets no gradient. */
const nothing = -1;

interface Taken {
  readonly read: ReadIndices;
  /** The indices that the gradients go to. */
  readonly owed: Int32Array;
}

/** @param source what is taken from, by the name that the op has for it */
function takeAlong(
  operation: string,
  source: Readonly<Record<string, Tensor>>,
  axis: number,
  { read, owed }: Taken,
): Tensor {
  const [[name, x]] = Object.entries(source);
  const [outer, length, inner] = sizesAlong(x.shape, axis);
  const shape = x.shape.toSpliced(axis, 1, ...read.shape);
  const count = read.numbers.length;
  return record({
    operation,
    inputs: { ...source, indices: read.tensor },
    attributes: { axis },
    shape,
    value: (y, memory) => kernels.take(flatten(x.view, memory), read.numbers, y, outer, length, count, inner),
    vjps: { [name]: (g: Tensor) => putTaken(operation, g, axis, { ...read, numbers: owed }, x.shape), indices: null },
  });
}

/** x = zeros of `shape`, to which each slice of g is added where it was taken from: the transpose of {@link takeAlong}. */
function putTaken(operation: string, g: Tensor, axis: number, read: ReadIndices, shape: Shape): Tensor {
  const [outer, length, inner] = sizesAlong(shape, axis);
  const count = read.numbers.length;
  return record({
    operation: `${operation}Gradient`,
    inputs: { g },
    attributes: { axis },
    shape,
    value: (x, memory) => kernels.putTaken(flatten(g.view, memory), read.numbers, x, outer, length, count, inner),
    vjps: { g: (h) => takeAlong(operation, { h }, axis, { read, owed: read.numbers }) },
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  take: (facts) => taken(facts, (x) => named('slices', x)),
  takeGradient: (facts) => putBack(facts),
  embedding: (facts) => taken(facts, (x) => named('rows', x), `${addUp} So does the row for padding, if there is one.`),
  embeddingGradient: (facts) => putBack(facts),
};

function named(parts: string, x: Formula): Formula {
  return formula(
    `y = the ${parts} of ${x.text} that indices name`,
    `y = \\text{the ${parts} of } ${x.latex} \\text{ that } \\mathrm{indices} \\text{ name}`,
  );
}
