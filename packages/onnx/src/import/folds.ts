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
  multiply,
  negate,
  norm,
  pow,
  type Range,
  reshape,
  slice,
  sqrt,
  subtract,
  type Tensor,
  tensor,
  transpose,
  where,
} from '@tapegrad/core';
import { broadcastShapes, sizeOf } from '@tapegrad/core/authors';
import type { Attributes } from './attributes.ts';
import { ExternalData } from './externalData.ts';
import { constantOf } from './numbers.ts';

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
  [
    'ReduceL2',
    ([x, axes], attributes) => {
      const over = axesOf(axes, attributes);
      return norm(x, { ...(over && { axes: over }), keepDims: attributes.whole('keepdims', 1) !== 0 });
    },
  ],
  ['Clip', ([x, min, max]) => clamp(x, { ...(min && { min: min.item() }), ...(max && { max: max.item() }) })],
  ['Shape', ([x]) => tensor(Float64Array.from(x.shape))],
  ['Expand', ([x, shape]) => expanded(x, shape)],
  ['Equal', ([x, y]) => equal(x, y)],
  ['Where', ([condition, x, y]) => where(condition, x, y)],
  ['Mod', ([x, y]) => remainder(x, y)],
  ['Transpose', ([x], attributes) => transpose(x, attributes.has('perm') ? attributes.wholes('perm', []) : undefined)],
  ['Flatten', ([x], attributes) => flattened(x, attributes.whole('axis', 1))],
  [
    'Reshape',
    ([x, shape]) =>
      reshape(
        x,
        [...shape.toFlatArray()].map((length, at) => (length === 0 ? x.shape[at] : length)),
      ),
  ],
  ['Squeeze', ([x, axes], attributes) => squeezed(x, axesOf(axes, attributes))],
  ['Unsqueeze', ([x, axes], attributes) => unsqueezed(x, axesOf(axes, attributes))],
]);

/** How many inputs an operation has at least. Default: 1. */
export const fewestInputs: ReadonlyMap<string, number> = new Map([
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Mod', 'Equal', 'Expand', 'Reshape'].map((op): [string, number] => [op, 2]),
  ['Where', 3],
]);

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

/** Repeated along axes of length 1, on either side. */
function expanded(x: Tensor, shape: Tensor): Tensor {
  return broadcastTo(x, broadcastShapes('Expand', { x: x.shape, shape: [...shape.toFlatArray()] }));
}

/** A tensor of one number over and over, 0 by default. */
function filled(shape: Tensor, attributes: Attributes): Tensor | undefined {
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
