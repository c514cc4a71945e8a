import { formatShape, type Shape } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { damagedFile, OnnxError } from '../errors.ts';
import { elementName, elementTypes, integerTypes } from '../format/elements.ts';
import type { TensorProto } from '../format/tensorProto.ts';
import { type ExternalData, isExternal } from './externalData.ts';
import { brainOf, halfOf } from './halves.ts';

/** More axes than any constant has; views are made of code that grows with their number. */
export const mostAxes = 16;

/** A tensor that the file holds: a weight, a shape, a number. */
export interface Constant {
  readonly name: string;
  readonly shape: Shape;
  /** Whether it stands in a node of its own, as numbers do that are not learnt. */
  readonly isNode: boolean;
  /** Whether its type is one of whole numbers, of which a quotient is rounded towards 0. Default: not. */
  readonly isWhole?: boolean;
  /**
   * Its numbers, row by row: float32 as they are, all others as float64 or float32 that holds them exactly.
   *
   * @throws OnnxError when their file is not given, they are of another type, or not as many as the shape says
   */
  readonly read: () => Float32Array | Float64Array;
}

/** The constant that a message describes; nothing of it is read or made before it is needed. */
export function constantOf(tensor: TensorProto, name: string, isNode: boolean, external: ExternalData): Constant {
  if (!tensor.dims.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw damagedFile(`the tensor ${name} of shape ${formatShape(tensor.dims.slice(0, 8))}`, 'lengths of at least 0');
  }
  if (tensor.dims.length > mostAxes) {
    throw damagedFile(`the tensor ${name.slice(0, 80)} of ${tensor.dims.length} axes`, `at most ${mostAxes}`);
  }
  const isWhole = integerTypes.has(tensor.dataType ?? 0);
  return { name, shape: tensor.dims, isNode, isWhole, read: () => numbersOf(tensor, name, external) };
}

function numbersOf(tensor: TensorProto, name: string, external: ExternalData): Float32Array | Float64Array {
  const whole = isExternal(tensor) ? { ...tensor, rawData: external.bytesOf(tensor, name) } : tensor;
  const size = sizeOf(tensor.dims);
  const count = countOf(whole, name);
  if (count === size) {
    return whole.rawData === undefined ? listed(whole) : raw(whole.dataType, whole.rawData);
  }
  throw damagedFile(`the tensor ${name} of shape ${formatShape(tensor.dims)} with ${count} numbers`, `${size}`);
}

/** How many numbers there are, whole or not, before any of them is made. */
function countOf(
  { dataType, rawData, floatData, doubleData, int32Data, int64Data }: TensorProto,
  name: string,
): number {
  const width = widths.get(dataType ?? 0);
  if (width === undefined) throw otherType(dataType, name);
  if (rawData !== undefined) return rawData.length / width;
  if (dataType === elementTypes.int64) return int64Data.length;
  const pieces =
    dataType === elementTypes.float ? floatData : dataType === elementTypes.double ? doubleData : undefined;
  return pieces ? pieces.reduce((total, { length }) => total + length, 0) / width : int32Data.length;
}

function raw(dataType: number | undefined, bytes: Uint8Array): Float32Array | Float64Array {
  // A copy of its own, which begins where any processor can read it.
  const { buffer } = bytes.slice();
  const view = new DataView(buffer);
  switch (dataType) {
    case elementTypes.float:
      return new Float32Array(buffer);
    case elementTypes.double:
      return new Float64Array(buffer);
    case elementTypes.float16:
      return Float32Array.from({ length: bytes.length / 2 }, (_, at) => halfOf(view.getUint16(2 * at, true)));
    case elementTypes.bfloat16:
      return Float32Array.from({ length: bytes.length / 2 }, (_, at) => brainOf(view.getUint16(2 * at, true)));
    case elementTypes.bool:
      return Float32Array.from(bytes);
    case elementTypes.int32:
      return Float64Array.from({ length: bytes.length / 4 }, (_, at) => view.getInt32(4 * at, true));
    default:
      return Float64Array.from({ length: bytes.length / 8 }, (_, at) => Number(view.getBigInt64(8 * at, true)));
  }
}

function listed({ dataType, floatData, doubleData, int32Data, int64Data }: TensorProto) {
  switch (dataType) {
    case elementTypes.float:
      return raw(dataType, joined(floatData));
    case elementTypes.double:
      return raw(dataType, joined(doubleData));
    case elementTypes.float16:
      return Float32Array.from(int32Data, halfOf);
    case elementTypes.bfloat16:
      return Float32Array.from(int32Data, brainOf);
    case elementTypes.bool:
    case elementTypes.int32:
      return Float64Array.from(int32Data);
    default:
      return Float64Array.from(int64Data);
  }
}

/** Pieces of bytes as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const widths: ReadonlyMap<number, number> = new Map([
  [elementTypes.float, 4],
  [elementTypes.double, 8],
  [elementTypes.float16, 2],
  [elementTypes.bfloat16, 2],
  [elementTypes.bool, 1],
  [elementTypes.int32, 4],
  [elementTypes.int64, 8],
]);

function otherType(type: number | undefined, name: string): OnnxError {
  return new OnnxError({
    operation: 'importOnnx',
    got: `the tensor ${name} of ${elementName(type)}`,
    wanted: 'numbers of float, double, float16 or bfloat16; whole ones of int64 or int32; bool',
    remedy: 'Export the model before it is quantised',
  });
}
