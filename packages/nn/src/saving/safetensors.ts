import { type Tensor, tensor, ValueError } from '@tapegrad/core';
import {
  allocateFloats,
  checkList,
  checkOptions,
  checkSurplus,
  checkTensor,
  checkText,
  type OptionNames,
  wrongKind,
} from '@tapegrad/core/authors';
import { elementTypes } from './elements.ts';
import { SafetensorsError } from './errors.ts';
import { readHeader, type TensorEntry } from './header.ts';

/** The contents of a safetensors file. */
export interface Saved {
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** What the file says of itself. */
  readonly metadata: ReadonlyMap<string, string>;
}

export interface WriteSafetensorsOptions {
  /** Texts to go with the tensors, by name. Default: none. */
  readonly metadata?: Iterable<readonly [name: string, text: string]>;
}

export const writeSafetensorsOptions: OptionNames<WriteSafetensorsOptions> = { metadata: 'optional' };

export interface ReadSafetensorsOptions {
  /** What to call the file in the messages of errors; its path, where it has one. Default: `safetensors`. */
  readonly name?: string;
}

/** A list of tensors by name. @throws DataTypeError when something else was given */
export function readNamed(
  operation: string,
  tensors: Iterable<readonly [name: string, tensor: Tensor]>,
): (readonly [name: string, tensor: Tensor])[] {
  const advice = {
    wanted: 'tensors by name: a Map, or pairs in a list',
    remedy: 'Pass what `weightsOf(model)` or `readSafetensors(bytes).tensors` gives, or `Object.entries(tensors)`',
  };
  const isIterable = typeof tensors === 'object' && tensors !== null && Symbol.iterator in tensors;
  if (!isIterable) throw wrongKind(operation, 'tensors', tensors, advice);
  const pairs = [...tensors];
  for (const pair of pairs) {
    checkList(operation, 'one of the tensors', pair, advice);
    checkText(operation, 'the name of a tensor', pair[0], 'Give pairs: the name, then the tensor');
    checkTensor(operation, pair[0], pair[1]);
  }
  return pairs;
}

/** The metadata as a list of pairs of texts. @throws DataTypeError when it is something else */
export function pairsOf(
  operation: string,
  metadata: WriteSafetensorsOptions['metadata'] = [],
): (readonly [string, string])[] {
  const isPair = (pair: unknown): boolean =>
    Array.isArray(pair) && pair.length === 2 && pair.every((text) => typeof text === 'string');
  const isList = typeof metadata === 'object' && metadata !== null && Symbol.iterator in metadata;
  const pairs = isList ? [...metadata] : [];
  if (isList && pairs.every(isPair)) return pairs;
  throw wrongKind(operation, 'metadata', metadata, {
    wanted: 'texts by name, one pair after the other',
    remedy: "Give a list or a Map: `metadata: [['seed', '1']]`",
  });
}

const readSafetensorsOptions: OptionNames<ReadSafetensorsOptions> = { name: 'optional' };

/**
 * Tensors by name as the bytes of a safetensors file, the format in which weights travel: PyTorch reads it by
 * `safetensors.torch.load_file`. float32 and float64 stay what they are. Tensors lie in the order of their names, so that
 * the same tensors give the same bytes.
 *
 * Source: the format's description, huggingface.co/docs/safetensors.
 *
 * @param tensors by name, in any order
 * @example writeSafetensors([['w', tensor([1, 2])]]).length // 72
 * @throws ValueError when a tensor is called `__metadata__`, the name the format keeps for itself
 */
export function writeSafetensors(
  tensors: Iterable<readonly [name: string, tensor: Tensor]>,
  options: WriteSafetensorsOptions = {},
  ...surplus: []
): Uint8Array<ArrayBuffer> {
  checkSurplus('writeSafetensors', surplus);
  // float64 first, so that every tensor begins at a multiple of its numbers' length.
  const { metadata } = checkOptions('writeSafetensors', options, writeSafetensorsOptions);
  const sorted = readNamed('writeSafetensors', tensors).sort(
    ([a, x], [b, y]) => widthOf(y) - widthOf(x) || (a < b ? -1 : 1),
  );
  checkNames(sorted.map(([name]) => name));
  const header: [string, unknown][] = [];
  const texts = pairsOf('writeSafetensors', metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  if (texts.length > 0) header.push(['__metadata__', Object.fromEntries(texts)]);
  let end = 0;
  for (const [name, x] of sorted) {
    const begin = end;
    end += x.size * widthOf(x);
    header.push([name, { dtype: x.dtype === 'float32' ? 'F32' : 'F64', shape: x.shape, data_offsets: [begin, end] }]);
  }
  // Fields are joined by hand: an object would put names that are numbers first, and trip over `__proto__`.
  const json = `{${header.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`).join(',')}}`;
  const head = new TextEncoder().encode(json);
  // The numbers begin at a multiple of 8, where any processor can read them in place.
  const headLength = Math.ceil(head.length / 8) * 8;
  const file = new Uint8Array(8 + headLength + end).fill(0x20, 8, 8 + headLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headLength), true);
  file.set(head, 8);
  let at = 8 + headLength;
  for (const [, x] of sorted) {
    const { buffer, byteLength } = x.toFlatArray();
    file.set(new Uint8Array(buffer, 0, byteLength), at);
    at += byteLength;
  }
  return file;
}

/**
 * The tensors of a safetensors file. F32 and F64 come as they are; F16, BF16, BOOL and whole numbers of up to 16 bits as
 * float32, longer whole numbers as float64, all exactly. Nothing of the file is trusted: every byte must belong to exactly
 * one tensor.
 *
 * @example readSafetensors(writeSafetensors([['w', tensor([1, 2])]])).tensors.get('w') // [1, 2]
 * @throws SafetensorsError when the file is cut short, contradicts itself, names a tensor twice, is of another format, or
 * holds a whole number beyond 2^53 or a type that is not one of those
 */
export function readSafetensors(bytes: Uint8Array, options: ReadSafetensorsOptions = {}, ...surplus: []): Saved {
  checkSurplus('readSafetensors', surplus);
  const { name = 'safetensors' } = checkOptions('readSafetensors', options, readSafetensorsOptions);
  const { entries, metadata, dataStart } = readHeader(bytes, name);
  const data = new DataView(bytes.buffer, bytes.byteOffset + dataStart, bytes.length - dataStart);
  return { tensors: new Map(entries.map((entry) => [entry.name, read(entry, data, name)])), metadata };
}

function read({ name, type, shape, begin, end }: TensorEntry, data: DataView, file: string): Tensor {
  const element = elementTypes.get(type);
  if (!element) throw new TypeError(`the header let the type ${type} pass`);
  const size = (end - begin) / element.bytes;
  const numbers = allocateFloats(element.dtype, size);
  for (let i = 0; i < size; i++) numbers[i] = element.read(data, begin + i * element.bytes);
  if ((type === 'I64' || type === 'U64') && !numbers.every(Number.isSafeInteger)) {
    throw new SafetensorsError({
      operation: file,
      got: `the tensor ${JSON.stringify(name)} of ${type} with a number beyond 2^53`,
      wanted: 'whole numbers that float64 can hold',
      remedy: 'Leave the tensor out of the file, or save it as floating-point numbers',
    });
  }
  return tensor(numbers, { shape });
}

/** How many bytes each number has. */
function widthOf({ dtype }: Tensor): number {
  return dtype === 'float32' ? 4 : 8;
}

function checkNames(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined && !names.includes('__metadata__')) return;
  throw new ValueError({
    operation: 'writeSafetensors',
    got: twice === undefined ? 'a tensor named __metadata__' : `two tensors named ${twice}`,
    wanted: 'a name of its own for each tensor, other than __metadata__',
    remedy: 'Rename it',
  });
}
