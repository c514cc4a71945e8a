import type { NdArray } from 'ndarray';
import { allocateFloats } from '../allocate.ts';
import { garbageCollected, type Memory } from '../engine/memory.ts';
import { DataTypeError, ShapeError } from '../errors.ts';
import type { DataType } from '../kernels/dtype.ts';
import { kindOf, wrongKind } from '../kinds.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../options/index.ts';
import { checkBounds } from './bounds.ts';
import type { NestedList } from './lists.ts';
import { checkShape, formatShape, type Shape, sizeOf } from './shape.ts';
import { copyInto, type View, viewOf } from './strided.ts';
import { Tensor } from './tensor.ts';

/** A flat array of whole or fractional numbers. */
export type NumericArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array;

/** Numbers in any form that is taken where a tensor is wanted, short of a tensor itself. */
export type Numbers = NdArray | NumericArray | NestedList;

/** What every op takes: a tensor, or numbers that become a constant of the other operands' type. */
export type TensorLike = Tensor | Numbers;

export interface TensorOptions {
  /** Default: float64 for numbers from a Float64Array, float32 for all others. */
  readonly dtype?: DataType;
  /** The shape to read flat numbers by, row-major. Default: the shape the numbers come in. */
  readonly shape?: Shape;
}

const tensorOptions: OptionNames<TensorOptions> = { dtype: 'optional', shape: 'optional' };

/**
 * A tensor with a copy of the given numbers.
 *
 * @example tensor([[1, 2], [3, 4]])
 * @example tensor(new Float64Array(6), { shape: [2, 3] })
 * @throws ShapeError when the numbers do not fill `shape`, lists within lists are ragged, or an ndarray reaches beyond its
 * data
 * @throws DataTypeError when something is not a number
 */
export function tensor(numbers: Numbers, options: TensorOptions = {}, ...surplus: []): Tensor {
  checkSurplus('tensor', surplus);
  checkOptions('tensor', options, tensorOptions);
  return new Tensor(copyNumbers(numbers, options, garbageCollected));
}

/** Puts a copy of the numbers into `memory`; what {@link tensor} and a tape do with what they are given. */
export function copyNumbers(numbers: Numbers, { dtype, shape }: TensorOptions, memory: Memory): View {
  const { source, shape: own } = read(numbers);
  const wanted = dtype ?? defaultDataType(numbers);
  checkDataType('tensor', wanted);
  checkShape('tensor', own);
  if (shape) checkShape('tensor', shape);
  checkCount(sizeOf(own), shape ?? own);
  if (isNdArray(source)) checkBounds('tensor', source);
  const flat = memory.allocate(wanted, sizeOf(own));
  if (isNdArray(source)) copyInto(flat, source);
  else flat.set(source);
  return viewOf(flat, shape ?? own);
}

/** The type that numbers have by default: float64 for a Float64Array, float32 for all others. */
export function defaultDataType(numbers: Numbers): DataType {
  const data = isNdArray(numbers) ? numbers.data : numbers;
  return data instanceof Float64Array ? 'float64' : 'float32';
}

/** Throws a DataTypeError unless `dtype` is `float32` or `float64`. */
export function checkDataType(operation: string, dtype: unknown): void {
  if (dtype === 'float32' || dtype === 'float64') return;
  throw wrongKind(operation, 'dtype', dtype, {
    wanted: "'float32' or 'float64'",
    remedy: 'Indices and labels need no type of their own: they are whole numbers in any form',
  });
}

export interface FillOptions {
  /** Default: float32. */
  readonly dtype?: DataType;
}

const fillOptions: OptionNames<FillOptions> = { dtype: 'optional' };

/**
 * A tensor of `shape` with `value` everywhere; float32 unless told otherwise.
 *
 * @example full([2], 7) // [7, 7]
 * @throws ShapeError when the shape is no list of whole numbers of at least 0
 * @throws DataTypeError when the value is no number, or the type is neither float32 nor float64
 * @throws OutOfMemoryError when no array can hold so many numbers
 */
export function full(shape: Shape, value: number, options: FillOptions = {}, ...surplus: []): Tensor {
  checkSurplus('full', surplus);
  const { dtype = 'float32' } = checkOptions('full', options, fillOptions);
  checkShape('full', shape);
  checkDataType('full', dtype);
  if (typeof value !== 'number')
    throw wrongKind('full', 'value', value, { wanted: 'a number', remedy: 'Give the shape first, then the number' });
  return new Tensor(viewOf(allocateFloats(dtype, sizeOf(shape)).fill(value), shape));
}

/**
 * A tensor of zeros; float32 unless told otherwise.
 *
 * @example zeros([2], { dtype: 'float64' }) // [0, 0]
 */
export function zeros(shape: Shape, options: FillOptions = {}, ...surplus: []): Tensor {
  checkSurplus('zeros', surplus);
  checkOptions('zeros', options, fillOptions);
  return full(shape, 0, options);
}

/**
 * A tensor of ones; float32 unless told otherwise.
 *
 * @example ones([2, 2]) // [[1, 1], [1, 1]]
 */
export function ones(shape: Shape, options: FillOptions = {}, ...surplus: []): Tensor {
  checkSurplus('ones', surplus);
  checkOptions('ones', options, fillOptions);
  return full(shape, 1, options);
}

/**
 * Whether something is an ndarray of numbers, from this or any other copy of the `ndarray` package.
 *
 * @example isNdArray(ones([2]).toNdarray()) // true
 */
export function isNdArray(value: unknown, ...surplus: []): value is NdArray {
  checkSurplus('isNdArray', surplus);
  return typeof value === 'object' && value !== null && 'data' in value && 'stride' in value && 'offset' in value;
}

function read(numbers: Numbers): { source: NdArray | ArrayLike<number>; shape: Shape } {
  const data: unknown = isNdArray(numbers) ? numbers.data : numbers;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) throw notNumbers(`a ${data.constructor.name}`);
  if (isNdArray(numbers)) return { source: numbers, shape: numbers.shape };
  if (isNumericArray(numbers)) return { source: numbers, shape: [numbers.length] };
  const { flat, shape } = flattenLists(numbers);
  return { source: flat, shape };
}

function isNumericArray(numbers: Exclude<Numbers, NdArray>): numbers is NumericArray {
  return ArrayBuffer.isView(numbers) && !(numbers instanceof DataView);
}

function checkCount(count: number, shape: Shape): void {
  if (count === sizeOf(shape)) return;
  throw new ShapeError({
    operation: 'tensor',
    got: `${count} numbers for the shape ${formatShape(shape)}`,
    wanted: `${sizeOf(shape)} numbers`,
    remedy: 'Give as many numbers as the shape has elements, or another shape',
  });
}

function flattenLists(numbers: NestedList): { flat: number[]; shape: number[] } {
  const shape: number[] = [];
  for (let level: NestedList = numbers; Array.isArray(level); level = level[0] as NestedList) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const flat: number[] = [];
  const walk = (level: NestedList, axis: number): void => {
    if (Array.isArray(level)) {
      if (level.length !== shape[axis]) throw ragged(level.length, shape, axis);
      for (const part of level as readonly NestedList[]) walk(part, axis + 1);
      return;
    }
    if (typeof level !== 'number')
      throw notNumbers(level === numbers ? kindOf(level) : `${kindOf(level)} in a list`, level);
    if (axis !== shape.length) throw ragged(null, shape, axis);
    flat.push(level);
  };
  walk(numbers, 0);
  return { flat, shape };
}

function ragged(length: number | null, shape: Shape, axis: number): ShapeError {
  const found = length === null ? 'a number' : `a list of ${length}`;
  const expected = axis < shape.length ? `a list of ${shape[axis]}` : 'a number';
  return new ShapeError({
    operation: 'tensor',
    got: `ragged lists: ${found} at depth ${axis} where the first entry has ${expected}`,
    wanted: 'lists of equal length at each depth',
    remedy: 'Pad the short lists, or check for a missing number',
  });
}

function notNumbers(found: string, value?: unknown): DataTypeError {
  return new DataTypeError({
    operation: 'tensor',
    got: found,
    wanted: 'numbers',
    remedy: remedyFor(value),
  });
}

/** What to do with something that is no number. */
function remedyFor(value: unknown): string {
  if (value instanceof Tensor)
    return 'It is a tensor already; `stack` makes one of several, `detach` a copy without its tape';
  if (ArrayBuffer.isView(value)) {
    return 'Make lists of them, `parts.map((part) => [...part])`, or one flat array: `tensor(flat, { shape })`';
  }
  return isNdArray(value)
    ? 'Make tensors of the parts and `stack` them'
    : 'Convert to numbers first; a missing value can be NaN';
}
