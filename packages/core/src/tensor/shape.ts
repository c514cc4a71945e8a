import { ShapeError } from '../errors.ts';
import { wrongKind } from '../kinds.ts';

/** The length of each axis, outermost first: images are `[batch, channels, height, width]`, a scalar is `[]`. */
export type Shape = readonly number[];

/** The number of elements of a shape: the product of its lengths, 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis];
  return size;
}

/**
 * A shape as it is written in messages: `[64, 1, 28, 28]`.
 *
 * @example formatShape([2, 3]) // "[2, 3]"
 */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** How an op sees a shape that works along one axis: `length` elements there, `outer` lines before it, `inner` behind it. */
export function sizesAlong(shape: Shape, axis: number): [outer: number, length: number, inner: number] {
  return [sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1))];
}

/** The distance between neighbours along each axis, in elements, when the last axis varies fastest. */
export function rowMajorStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let distance = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = distance;
    distance *= shape[axis];
  }
  return strides;
}

/**
 * The shape that two shapes broadcast to, by NumPy's rule: aligned at the last axis, each pair of lengths is equal or
 * one of them is 1.
 *
 * @throws ShapeError when a pair of lengths differs and neither is 1
 */
export function broadcastShapes(operation: string, named: Readonly<Record<string, Shape>>): number[] {
  let rank = 0;
  for (const name in named) rank = Math.max(rank, named[name].length);
  const result = new Array<number>(rank).fill(1);
  for (const name in named) {
    const shape = named[name];
    for (let axis = 0; axis < shape.length; axis++) {
      const target = rank - shape.length + axis;
      if (shape[axis] === 1 || shape[axis] === result[target]) continue;
      if (result[target] !== 1) throw cannotBroadcast(operation, named);
      result[target] = shape[axis];
    }
  }
  return result;
}

function cannotBroadcast(operation: string, named: Readonly<Record<string, Shape>>): ShapeError {
  const parts = Object.entries(named).map(([name, shape]) => `${name} is ${formatShape(shape)}`);
  return new ShapeError({
    operation,
    got: parts.join(', '),
    wanted: 'shapes that broadcast: aligned at the last axis, lengths equal or 1',
    remedy: 'Reshape one of them, for example put in an axis of length 1',
  });
}

/** One axis counted from the front, where -1 is the last; throws a ShapeError outside `-rank` to `rank - 1`. */
export function resolveAxis(operation: string, axis: number, rank: number): number {
  const resolved = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || resolved < 0 || resolved >= rank) {
    throw new ShapeError({
      operation,
      got: `axis ${axis} of a tensor with ${rank} ${rank === 1 ? 'axis' : 'axes'}`,
      wanted: rank === 0 ? 'no axis at all, for a scalar has none' : `a whole number from ${-rank} to ${rank - 1}`,
      remedy: 'Name an axis that the tensor has',
    });
  }
  return resolved;
}

/** Axes counted from the front and sorted; none given means all. Throws a ShapeError for one named twice. */
export function resolveAxes(operation: string, axes: number | readonly number[] | undefined, rank: number): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const listed = typeof axes === 'number' ? [axes] : axes;
  checkNumberList(operation, 'axes', listed, 'Name one axis, `1`, or several, `[0, 1]`');
  const resolved = listed.map((axis) => resolveAxis(operation, axis, rank)).sort((a, b) => a - b);
  const repeated = resolved.find((axis, index) => index > 0 && axis === resolved[index - 1]);
  if (repeated !== undefined) {
    throw new ShapeError({
      operation,
      got: `axes [${listed.join(', ')}], which name axis ${repeated} twice`,
      wanted: 'each axis at most once',
      remedy: 'Drop the second one',
    });
  }
  return resolved;
}

/** Throws a DataTypeError unless `value` is a list, or a typed array, of numbers. */
export function checkNumberList(operation: string, name: string, value: unknown, remedy: string): void {
  const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  // Not `value.some`, which passes over holes.
  if (isList && Array.from(value as unknown[]).every((item) => item !== undefined && typeof item !== 'bigint')) return;
  throw wrongKind(operation, name, value, { wanted: 'a list of numbers', remedy });
}

/** The shape that is left when `axes` are reduced: with length 1 where `keepDims`, without them where not. */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): number[] {
  if (keepDims) return shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  return shape.filter((_, axis) => !axes.includes(axis));
}

/**
 * Throws unless a shape is a list of lengths, each a whole number of at least 0.
 *
 * @throws DataTypeError when it is no list
 * @throws ShapeError when a length is no length
 */
export function checkShape(operation: string, shape: Shape): void {
  checkNumberList(operation, 'shape', shape, 'Write the length of each axis: `[2, 3]`, and `[]` for a scalar');
  // No lengths that multiply to infinity, and then to NaN with a length of 0.
  if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0) || Number.isNaN(sizeOf(shape))) {
    throw new ShapeError({
      operation,
      got: `the shape ${formatShape(shape)}`,
      wanted: 'whole numbers of at least 0',
      remedy: 'Check how the lengths were computed',
    });
  }
}
