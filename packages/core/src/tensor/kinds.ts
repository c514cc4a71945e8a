import { DataTypeError } from '../errors.ts';
import { kindOf, wrongKind } from '../kinds.ts';
import { isNdArray } from './create.ts';
import { Tensor } from './tensor.ts';

/**
 * Throws a DataTypeError unless `value` is a tensor.
 *
 * @param remedy what to do with numbers that are none. Default: to make one with `tensor`
 */
export function checkTensor(operation: string, name: string, value: unknown, remedy?: string): void {
  if (value instanceof Tensor) return;
  const isNumbers = typeof value === 'number' || isNumberArray(value);
  throw wrongKind(operation, name, value, {
    wanted: 'a tensor',
    remedy: isNumbers ? (remedy ?? `Make one of these numbers: \`tensor(${name})\``) : noNumbers(value),
  });
}

/** Throws a DataTypeError unless `value` is a tensor, or numbers of which an op makes one. */
export function checkTensorLike(operation: string, name: string, value: unknown): void {
  if (value instanceof Tensor || typeof value === 'number' || isNumberArray(value)) return;
  throw new DataTypeError({
    operation,
    got: `${name} is ${kindOf(value)}`,
    wanted: 'a tensor, an ndarray, a typed array, or numbers in lists',
    remedy: noNumbers(value),
  });
}

/** A list, a typed array or an ndarray. */
function isNumberArray(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)) || isNdArray(value);
}

function noNumbers(value: unknown): string {
  if (value === undefined) return 'Give it; this input has no default';
  if (value === null) return 'Give numbers; an input that is optional is left out, or `undefined`';
  return 'Give numbers, or what an op returned';
}
