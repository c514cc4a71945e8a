import { cast, type DataType, type Tensor } from '@tapegrad/core';
import type { Numbers } from '../compare.ts';
import { Unsupported } from '../outcome.ts';
import { isFloat, type StoredTensor, type StoredType, toTensor } from '../stored.ts';

/**
 * A tensor on its way through ONNX nodes. tapegrad computes in float32 and float64 alone, so integers and booleans are
 * carried in float64, which holds every whole number up to 2^53, and become integers again by {@link fromCarrier}.
 */
export interface Value {
  readonly tensor: Tensor;
  readonly dtype: StoredType;
}

/** The type in which numbers of another type are carried. */
export function carrierOf(dtype: StoredType): DataType {
  return isFloat(dtype) ? dtype : 'float64';
}

export function toValue(stored: StoredTensor): Value {
  return { tensor: toTensor(stored, carrierOf(stored.dtype)), dtype: stored.dtype };
}

/** The tensor in the carrier of another type, for ops that mix types. */
export function carried(value: Value, dtype: StoredType): Tensor {
  const carrier = carrierOf(dtype);
  return value.tensor.dtype === carrier ? value.tensor : cast(value.tensor, carrier);
}

const bits: Partial<Record<StoredType, number>> = { int8: 8, int16: 16, int32: 32, uint8: 8, uint16: 16, uint32: 32 };

/**
 * The numbers of a value by the rule of its type: integers are cut towards zero and, where they do not fit, wrap around;
 * a boolean is whether the number is not 0.
 *
 * @throws Unsupported when an integer passed 2^53, where the carrier has lost digits
 */
export function fromCarrier({ tensor, dtype }: Value): Numbers {
  const numbers = tensor.toFlatArray();
  if (isFloat(dtype)) return { shape: tensor.shape, numbers };
  return { shape: tensor.shape, numbers: Array.from(numbers, (number) => settle(number, dtype)) };
}

function settle(number: number, dtype: StoredType): number {
  if (dtype === 'bool') return number === 0 ? 0 : 1;
  const whole = Math.trunc(number);
  if (!Number.isSafeInteger(whole)) throw new Unsupported(`the ${dtype} ${number}, beyond 2^53`);
  const isSigned = dtype.startsWith('int');
  const width = bits[dtype];
  if (width === undefined) {
    if (!isSigned && whole < 0) throw new Unsupported(`the ${dtype} ${number} wraps around beyond 2^53`);
    return whole;
  }
  const range = 2 ** width;
  const wrapped = ((whole % range) + range) % range;
  return isSigned && wrapped >= range / 2 ? wrapped - range : wrapped;
}
