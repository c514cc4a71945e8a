import { type DataType, formatShape, ShapeError, type Tensor } from '@tapegrad/core';
import { checkSurplus, sameShape } from '@tapegrad/core/authors';

/** How far two tensors of the same shape and type are apart. */
export interface Agreement {
  readonly dtype: DataType;
  /** How many numbers were compared. */
  readonly count: number;
  /**
   * The largest distance of two elements of the same index, in steps from one representable number of the type to the next.
   * A difference from an exact 0, or what is left after digits cancelled, counts many steps though it is small.
   */
  readonly worst: number;
  /** The largest difference, in units in the last place of the largest finite number of both tensors. */
  readonly ofLargest: number;
  /** The largest difference itself. */
  readonly difference: number;
}

/**
 * Compares two tensors number by number. NaN agrees with NaN, an infinity with itself, and 0 with -0; otherwise NaN and
 * infinities are infinitely far from everything else.
 *
 * @example agreementOf(tensor([1, 2]), tensor([1, 2])).ofLargest // 0
 * @throws ShapeError when the shapes or the types differ
 */
export function agreementOf(a: Tensor, b: Tensor, ...surplus: []): Agreement {
  checkSurplus('agreementOf', surplus);
  if (!sameShape(a.shape, b.shape) || a.dtype !== b.dtype) {
    throw new ShapeError({
      operation: 'agreement',
      got: `${a.dtype} ${formatShape(a.shape)} and ${b.dtype} ${formatShape(b.shape)}`,
      wanted: 'two tensors of the same shape and type',
      remedy: 'Compare the same value computed in two ways',
    });
  }
  const [left, right] = [a.read(), b.read()];
  const distance = distances[a.dtype];
  let [worst, difference, largest] = [0, 0, 0];
  for (let i = 0; i < left.length; i++) {
    worst = Math.max(worst, distance(left[i], right[i]));
    difference = Math.max(difference, differenceOf(left[i], right[i]));
    for (const number of [left[i], right[i]]) {
      if (Number.isFinite(number)) largest = Math.max(largest, Math.abs(number));
    }
  }
  const ofLargest = difference === 0 ? 0 : difference / unitInTheLastPlace(largest, a.dtype);
  return { dtype: a.dtype, count: left.length, worst, ofLargest, difference };
}

/**
 * The distance of two numbers in steps from one representable number of the type to the next.
 *
 * @example unitsBetween(1, 1 + Number.EPSILON, 'float64') // 1
 */
export function unitsBetween(a: number, b: number, dtype: DataType, ...surplus: []): number {
  checkSurplus('unitsBetween', surplus);
  return distances[dtype](a, b);
}

/**
 * The distance from |x| to the next number of the type further out: 2^(e - 52) for 2^e ≤ |x| < 2^(e + 1) in float64.
 *
 * @example unitInTheLastPlace(1, 'float64') === Number.EPSILON // true
 */
export function unitInTheLastPlace(x: number, dtype: DataType, ...surplus: []): number {
  checkSurplus('unitInTheLastPlace', surplus);
  const { fraction, lowest } = formats[dtype];
  const size = Math.abs(x);
  if (size < 2 ** lowest) return 2 ** (lowest - fraction);
  // The logarithm is rounded: next to a power of two it may be one too large or too small.
  let exponent = Math.floor(Math.log2(size));
  if (2 ** exponent > size) exponent--;
  else if (2 ** (exponent + 1) <= size) exponent++;
  return 2 ** (exponent - fraction);
}

/** The bits of the fraction, and the smallest exponent of a number that has all of them. */
const formats: Readonly<Record<DataType, { readonly fraction: number; readonly lowest: number }>> = {
  float32: { fraction: 23, lowest: -126 },
  float64: { fraction: 52, lowest: -1022 },
};

const scratch = new DataView(new ArrayBuffer(8));

/**
 * The bits of a positive number, read as a whole number, count the representable ones from 0 up to it; below 0 they are
 * counted downwards, so that 0 and -0 are the same.
 */
const distances: Readonly<Record<DataType, (a: number, b: number) => number>> = {
  float32: (a, b) => special(a, b) ?? Math.abs(count32(a) - count32(b)),
  float64: (a, b) => special(a, b) ?? Math.abs(Number(count64(a) - count64(b))),
};

function count32(x: number): number {
  scratch.setFloat32(0, Math.abs(x));
  return x < 0 ? -scratch.getInt32(0) : scratch.getInt32(0);
}

function count64(x: number): bigint {
  scratch.setFloat64(0, Math.abs(x));
  return x < 0 ? -scratch.getBigInt64(0) : scratch.getBigInt64(0);
}

function special(a: number, b: number): number | undefined {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  return Number.isFinite(a) && Number.isFinite(b) ? undefined : Infinity;
}

function differenceOf(a: number, b: number): number {
  return special(a, b) ?? Math.abs(a - b);
}
