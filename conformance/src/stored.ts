import { type DataType, type Tensor, tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { MalformedCase, Unsupported } from './outcome.ts';
import { isRecord, isWholeList } from './unknown.ts';

/** The number types that files write. */
export const storedTypes = [
  'float32',
  'float64',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'bool',
] as const;

export type StoredType = (typeof storedTypes)[number];

/** A tensor as the files write it: flat, row-major; what JSON has no number for is a string. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly dtype: StoredType;
  readonly data: readonly (number | string | boolean)[];
}

/** Reads a tensor out of parsed JSON. Throws MalformedCase or, for a number type nobody knows here, Unsupported. */
export function readTensor(value: unknown, what: string): StoredTensor {
  if (!isRecord(value)) throw new MalformedCase(`${what} is not a tensor`);
  const { shape, dtype, data } = value;
  if (!isWholeList(shape) || shape.some((length) => length < 0)) throw new MalformedCase(`${what} has no valid shape`);
  if (typeof dtype !== 'string') throw new MalformedCase(`${what} has no dtype`);
  const known = storedTypes.find((type) => type === dtype);
  if (known === undefined) throw new Unsupported(`dtype ${dtype} (of ${what})`);
  if (!Array.isArray(data) || data.length !== sizeOf(shape)) {
    const count = Array.isArray(data) ? data.length : 'no';
    throw new MalformedCase(`${what} has ${count} numbers for the shape [${shape.join(', ')}]`);
  }
  const wrong = data.find((entry) => !isEntry(entry));
  if (wrong !== undefined) throw new MalformedCase(`${what} holds ${JSON.stringify(wrong)}`);
  return { shape, dtype: known, data };
}

/** Reads tensors by name. */
export function readTensors(value: unknown, what: string): Readonly<Record<string, StoredTensor>> {
  if (value === undefined) return {};
  if (!isRecord(value)) throw new MalformedCase(`${what} are not tensors by name`);
  return Object.fromEntries(
    Object.entries(value).map(([name, stored]) => [name, readTensor(stored, `${what}.${name}`)]),
  );
}

/** The numbers of a stored tensor. Integers beyond 2^53 lose their last digits here; see `fromCarrier`. */
export function numbersOf(stored: StoredTensor): Float64Array {
  return Float64Array.from(stored.data, Number);
}

export function isFloat(dtype: StoredType): dtype is DataType {
  return dtype === 'float32' || dtype === 'float64';
}

/** A tensor of tapegrad with the numbers of a stored one. */
export function toTensor(stored: StoredTensor, dtype: DataType): Tensor {
  return tensor(numbersOf(stored), { shape: stored.shape, dtype });
}

function isEntry(entry: unknown): boolean {
  if (typeof entry === 'number' || typeof entry === 'boolean') return true;
  if (typeof entry !== 'string') return false;
  return entry === 'NaN' || (entry.trim() !== '' && !Number.isNaN(Number(entry)));
}
