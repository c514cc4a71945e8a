import { checkBytes, checkOptions, checkSurplus, ndarrayOf, type OptionNames } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import { IdxError } from '../errors.ts';
import { elementTypeList, elementTypes, type IdxData } from './idxElements.ts';

/** What {@link readIdx} needs beside the bytes. */
export interface ReadIdxOptions {
  /** The file's name, for the messages of errors. */
  readonly name: string;
}

const readIdxOptions: OptionNames<ReadIdxOptions> = { name: 'required' };

/**
 * The array in an IDX file, the format of MNIST and its kin.
 *
 * The file is two zero bytes, the element type, the number of dimensions (0 to 255), each dimension as an unsigned
 * 32-bit number, then the elements in row-major order; all numbers are big-endian. Every byte is accounted for: a file
 * that is shorter or longer than its header says is refused.
 *
 * Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", section "The IDX file format".
 *
 * @param bytes the whole file, already unpacked (see `gunzipIfNeeded`)
 * @returns an array of the file's shape and element type; one-byte elements share their memory with `bytes`
 * @example readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 5, 6), { name: 'two' }).data // [5, 6]
 * @throws IdxError when the magic, the element type, the dimensions or the length are not as the format wants them
 */
export function readIdx(bytes: Uint8Array, options: ReadIdxOptions, ...surplus: []): NdArray<IdxData> {
  checkSurplus('readIdx', surplus);
  const { name } = checkOptions('readIdx', options, readIdxOptions);
  checkBytes('readIdx', bytes);
  const elementType = readMagic(bytes, name);
  const shape = readShape(bytes, name);
  const count = elementCount(shape);
  const start = 4 + 4 * shape.length;
  const wanted = start + count * elementType.size;
  if (bytes.length !== wanted) {
    const difference = bytes.length < wanted ? 'is cut short' : 'goes on after its last element';
    throw new IdxError({
      operation: name,
      got: `the file ${difference}: ${bytes.length} bytes`,
      wanted: `${sizeInWords(wanted)} for ${elementType.name} elements of shape [${shape.join(', ')}]`,
      remedy: 'Fetch the file again, or write it anew',
    });
  }
  return ndarrayOf(elementType.read(bytes, start, count), shape);
}

function readMagic(bytes: Uint8Array, name: string) {
  if (bytes.length < 4) {
    throw new IdxError({
      operation: name,
      got: `the file has ${bytes.length} bytes`,
      wanted: 'an IDX header of at least 4 bytes',
      remedy: 'Fetch the file again, or write it anew',
    });
  }
  if (bytes[0] !== 0 || bytes[1] !== 0) {
    throw new IdxError({
      operation: name,
      got: `the file begins with the bytes ${hexadecimal(bytes[0])} ${hexadecimal(bytes[1])}${likelyFormat(bytes)}`,
      wanted: 'two zero bytes, as in every IDX file',
      remedy: 'Check that this is the file you meant, and that it is unpacked',
    });
  }
  const elementType = elementTypes.get(bytes[2]);
  if (!elementType) {
    throw new IdxError({
      operation: name,
      got: `the element type is 0x${hexadecimal(bytes[2])}`,
      wanted: `one of ${elementTypeList}`,
      remedy: 'Check that this is an IDX file',
    });
  }
  return elementType;
}

function readShape(bytes: Uint8Array, name: string): number[] {
  const dimensions = bytes[3];
  const headerLength = 4 + 4 * dimensions;
  if (bytes.length < headerLength) {
    throw new IdxError({
      operation: name,
      got: `the file ends inside its header, after ${bytes.length} bytes`,
      wanted: `a header of ${headerLength} bytes for ${dimensions} dimensions`,
      remedy: 'Fetch the file again, or write it anew',
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerLength);
  return Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis));
}

/** The product of the dimensions. A zero is looked for first: Infinity times zero would not be zero. */
function elementCount(shape: readonly number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1);
}

/** No computer holds 2^53 bytes, and beyond that the product of the dimensions is no longer exact. */
function sizeInWords(bytes: number): string {
  return Number.isSafeInteger(bytes) ? `${bytes} bytes` : 'more than 2^53 bytes';
}

/** What the foreign file probably is, as far as its first bytes tell. */
function likelyFormat(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0x1f && second === 0x8b) return ' (gzip)';
  if (first === 0x50 && second === 0x4b) return ' (zip)';
  if (first === 0x89 && second === 0x50) return ' (a PNG picture)';
  if (first === 0x3c) return ' (a web page?)';
  return '';
}

function hexadecimal(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
