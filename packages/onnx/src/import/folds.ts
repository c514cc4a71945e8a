import {
  add,
  broadcastTo,
  clamp,
  concat,
  divide,
  equal,
  exp,
  flip,
  full,
  matmul,
  max,
  mean,
  multiply,
  negate,
  norm,
  pow,
  product as productOf,
  type Range,
  reshape,
  slice,
  sqrt,
  subtract,
  sum,
  type Tensor,
  take,
  tensor,
  transpose,
  where,
} from '@tapegrad/core';
import { broadcastShapes, sizeOf } from '@tapegrad/core/authors';
import type { Attributes } from './attributes.ts';
import { ExternalData } from './externalData.ts';
import { constantOf, mostAxes } from './numbers.ts';

/** What is worked out of constants; `undefined` where it needs more than their numbers. */
export type Fold = (inputs: readonly Tensor[], attributes: Attributes) => Tensor | undefined;

export const folds: ReadonlyMap<string, Fold> = new Map<string, Fold>([
  ['Add', ([x, y]) => add(x, y)],
  ['Sub', ([x, y]) => subtract(x, y)],
  ['Mul', ([x, y]) => multiply(x, y)],
  ['Div', ([x, y]) => divide(x, y)],
  ['Pow', ([x, y]) => pow(x, y)],
  ['Neg', ([x]) => negate(x)],
  ['Sqrt', ([x]) => sqrt(x)],
  ['Exp', ([x]) => exp(x)],
  ['Reciprocal', ([x]) => divide(1, x)],
  ['Concat', (inputs, attributes) => concat(inputs, { axis: attributes.whole('axis', 0) })],
  ['Slice', sliced],
  ['ConstantOfShape', ([shape], attributes) => filled(shape, attributes)],
  ['ReduceL2', reducedBy(norm)],
  ['Clip', ([x, min, max]) => clamp(x, { ...(min && { min: min.item() }), ...(max && { max: max.item() }) })],
  ['Shape', ([x]) => tensor(Float64Array.from(x.shape))],
  ['Expand', ([x, shape]) => expanded(x, shape)],
  // What is not known stays NaN, where a comparison would say no.
  ['Equal', ([x, y]) => add(equal(x, y), multiply(0, subtract(x, y)))],
  ['Where', ([condition, x, y]) => where(condition, add(x, multiply(0, condition)), y)],
  ['Mod', ([x, y]) => remainder(x, y)],
  ['Floor', ([x]) => rounded(x, Math.floor)],
  ['Ceil', ([x]) => rounded(x, Math.ceil)],
  ['MatMul', ([x, y]) => product(x, y)],
  ['Gather', ([x, indices], attributes) => gathered(x, indices, attributes.whole('axis', 0))],
  ['ReduceMax', reducedBy(max)],
  ['ReduceMean', reducedBy(mean)],
  ['ReduceProd', reducedBy(productOf)],
  ['ReduceSum', reducedBy(sum)],
  ['Tile', ([x, times]) => tiled(x, times)],
  ['Transpose', ([x], attributes) => transpose(x, attributes.has('perm') ? attributes.wholes('perm', []) : undefined)],
  ['Flatten', ([x], attributes) => flattened(x, attributes.whole('axis', 1))],
  [
    'Reshape',
    ([x, shape]) => {
      if (shape.size > mostAxes) return undefined;
      const lengths = [...shape.toFlatArray()].map((length, at) => (length === 0 ? x.shape[at] : length));
      return reshape(x, lengths);
    },
  ],
  ['Squeeze', ([x, axes], attributes) => squeezed(x, axesOf(axes, attributes))],
  ['Unsqueeze', ([x, axes], attributes) => unsqueezed(x, axesOf(axes, attributes))],
]);

/** How many inputs an operation has at least. Default: 1. */
export const fewestInputs: ReadonlyMap<string, number> = new Map([
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Mod', 'Equal', 'Expand', 'Reshape', 'MatMul', 'Gather', 'Tile'].map(
    (op): [string, number] => [op, 2],
  ),
  ['Where', 3],
]);

/** Many numbers as one, over some axes or all. */
function reducedBy(reduction: (x: Tensor, options: { axes?: readonly number[]; keepDims: boolean }) => Tensor): Fold {
  return ([x, axes], attributes) => {
    const over = axesOf(axes, attributes);
    if (over?.length === 0) return undefined;
    return reduction(x, { ...(over && { axes: over }), keepDims: attributes.whole('keepdims', 1) !== 0 });
  };
}

/** Each axis as often as it is said, one behind the other. */
function tiled(x: Tensor, times: Tensor): Tensor | undefined {
  const counts = [...times.toFlatArray()];
  const isWhole = counts.length === x.rank && counts.every((count) => Number.isSafeInteger(count) && count >= 1);
  if (!isWhole || x.size * counts.reduce((product, count) => product * count, 1) > mostProducts) return undefined;
  return counts.reduce((y, count, axis) => {
    const indices = Array.from({ length: count * y.shape[axis] }, (_, at) => at % y.shape[axis]);
    return count === 1 ? y : take(y, indices, { axis });
  }, x);
}

/** All axes before `axis` as one, and all others as one. */
function flattened(x: Tensor, axis: number): Tensor {
  const rows = sizeOf(x.shape.slice(0, axis < 0 ? axis + x.rank : axis));
  return reshape(x, [rows, rows === 0 ? 0 : x.size / rows]);
}

function axesOf(axes: Tensor | undefined, attributes: Attributes): readonly number[] | undefined {
  if (axes) return [...axes.toFlatArray()];
  return attributes.has('axes') ? attributes.wholes('axes', []) : undefined;
}

function squeezed(x: Tensor, axes: readonly number[] | undefined): Tensor {
  const dropped = axes?.map((axis) => (axis < 0 ? axis + x.rank : axis));
  return reshape(
    x,
    x.shape.filter((length, axis) => length !== 1 || (dropped !== undefined && !dropped.includes(axis))),
  );
}

function unsqueezed(x: Tensor, axes: readonly number[] | undefined): Tensor | undefined {
  const rank = x.rank + (axes?.length ?? 0);
  const added = new Set(axes?.map((axis) => (axis < 0 ? axis + rank : axis)));
  if (axes === undefined || rank > 16 || [...added].some((axis) => axis >= rank || axis < 0)) return undefined;
  const lengths = [...x.shape];
  return reshape(
    x,
    Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (lengths.shift() ?? 1))),
  );
}

/** How many numbers a list may be filled with. */
const mostFilled = 4096;

/** The remainders of whole numbers by one, of the sign of the divisor. */
function remainder(x: Tensor, y: Tensor): Tensor | undefined {
  if (y.size !== 1 || x.size > mostFilled) return undefined;
  const [divisor] = y.toFlatArray();
  return tensor(
    x.toFlatArray().map((number) => number - divisor * Math.floor(number / divisor)),
    { shape: x.shape },
  );
}

function rounded(x: Tensor, round: (number: number) => number): Tensor | undefined {
  return x.size > mostFilled ? undefined : tensor(x.toFlatArray().map(round), { shape: x.shape });
}

/** The numbers of what was whole before a division, rounded towards 0. */
export function truncated(x: Tensor): Tensor | undefined {
  return rounded(x, Math.trunc);
}

/** How many numbers a product of constants may multiply. */
const mostProducts = 2 ** 22;

/** A product of matrices, or of one and a vector, as a spectral norm has them. */
function product(x: Tensor, y: Tensor): Tensor | undefined {
  const [rows, inner] = x.rank === 1 ? [1, ...x.shape] : x.shape;
  const [, columns] = y.rank === 1 ? [y.shape[0], 1] : y.shape;
  if (x.rank < 1 || y.rank < 1 || x.rank > 2 || y.rank > 2 || rows * inner * columns > mostProducts) return undefined;
  const result = matmul(reshape(x, [rows, inner]), reshape(y, [y.shape[0], columns]));
  return reshape(result, [...(x.rank === 1 ? [] : [rows]), ...(y.rank === 1 ? [] : [columns])]);
}

/** Some indices of an axis; a single one without axes drops the axis. */
function gathered(x: Tensor, indices: Tensor, along: number): Tensor | undefined {
  const axis = along < 0 ? along + x.rank : along;
  if (indices.size > mostFilled || axis < 0 || axis >= x.rank || x.size * indices.size > mostProducts) return undefined;
  const rows = [...indices.toFlatArray()].map((index) => (index < 0 ? index + x.shape[axis] : index));
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  return reshape(take(x, rows, { axis }), shape);
}

/** Repeated along axes of length 1, on either side. */
function expanded(x: Tensor, shape: Tensor): Tensor | undefined {
  if (shape.size > mostAxes) return undefined;
  return broadcastTo(x, broadcastShapes('Expand', { x: x.shape, shape: [...shape.toFlatArray()] }));
}

/** A tensor of one number over and over, 0 by default. */
function filled(shape: Tensor, attributes: Attributes): Tensor | undefined {
  if (shape.size > mostAxes) return undefined;
  const lengths = [...shape.toFlatArray()];
  if (!lengths.every((length) => Number.isSafeInteger(length) && length >= 0)) return undefined;
  if (sizeOf(lengths) > mostFilled) return undefined;
  const value = attributes.get('value')?.t;
  const number = value ? constantOf(value, 'value', true, new ExternalData(undefined)).read()[0] : 0;
  return full(lengths, number, { dtype: 'float64' });
}

/** A part along some axes, by whose steps may be negative: then the axis is turned around first. */
function sliced([x, ...lists]: readonly Tensor[], attributes: Attributes): Tensor | undefined {
  const [starts, ends, axes, steps] = ['starts', 'ends', 'axes', 'steps'].map((name, at) =>
    lists[at] ? [...lists[at].toFlatArray()] : attributes.has(name) ? attributes.wholes(name, []) : undefined,
  );
  if (!starts || !ends) return undefined;
  let part = x;
  starts.forEach((start, at) => {
    const given = axes?.[at] ?? at;
    const axis = given < 0 ? given + x.rank : given;
    const step = steps?.[at] ?? 1;
    const length = part.shape[axis];
    // Counted from the end once the axis is turned around; a first index of -1 is then the first of all.
    const turned = (index: number): number =>
      Math.max(0, length - 1 - (index < 0 ? Math.max(-1, index + length) : index));
    const range: Range = step > 0 ? [start, ends[at], step] : [turned(start), turned(ends[at]), -step];
    const ranges: Range[] = part.shape.map((_, each) => (each === axis ? range : null));
    part = slice(step > 0 ? part : flip(part, { axes: axis }), ranges);
  });
  return part;
}
