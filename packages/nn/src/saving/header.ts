import { formatShape, type Shape } from '@tapegrad/core';
import { checkBytes, sizeOf } from '@tapegrad/core/authors';
import { elementTypes } from './elements.ts';
import { SafetensorsError } from './errors.ts';

/** What the header of a safetensors file says of one tensor. */
export interface TensorEntry {
  readonly name: string;
  /** The name of its type: `F32`. */
  readonly type: string;
  readonly shape: Shape;
  /** Where its bytes begin and end, counted from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly entries: readonly TensorEntry[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Where the numbers begin, counted from the beginning of the file. */
  readonly dataStart: number;
}

/** As the format's own library has it: a header that could fill the memory is refused before it is read. */
const longestHeader = 100_000_000;

const remedy = 'Fetch or save the file again; files of torch.save need converting with safetensors.torch first';

/** Reads and checks the header: every byte of the file belongs to exactly one tensor of the header. */
export function readHeader(bytes: Uint8Array, name: string): Header {
  const fail = (got: string, wanted: string): SafetensorsError =>
    new SafetensorsError({ operation: name, got, wanted, remedy });
  checkBytes(name, bytes);
  if (bytes.length < 8) throw fail(`${bytes.length} bytes`, 'at least the 8 bytes that give the length of the header');
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(Math.min(longestHeader, bytes.length - 8))) {
    throw fail(`a header of ${length} bytes in a file of ${bytes.length}`, 'a header that fits into the file');
  }
  const dataStart = 8 + Number(length);
  const fields = parse(bytes.subarray(8, dataStart), fail);
  const metadata = readMetadata(fields.get('__metadata__'), fail);
  fields.delete('__metadata__');
  const entries = [...fields].map(([tensor, entry]) => readEntry(tensor, entry, fail));
  checkCoverage(entries, bytes.length - dataStart, fail);
  return { entries, metadata, dataStart };
}

type Fail = (got: string, wanted: string) => SafetensorsError;

function parse(bytes: Uint8Array, fail: Fail): Map<string, unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw fail('a header that is not UTF-8', 'JSON in UTF-8');
  }
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw fail(`a header that is not JSON: ${JSON.stringify(text.slice(0, 40))}`, 'JSON in UTF-8');
  }
  if (!isRecord(header) || text[0] !== '{') throw fail('a header that is no JSON object', 'tensors by name');
  const fields = new Map(Object.entries(header));
  // JSON.parse keeps the last of two fields of one name; which one was meant nobody knows.
  const written = fieldCount(text);
  if (written !== fields.size) throw fail('a header that names a tensor twice', 'each name once');
  return fields;
}

/** How many fields the outermost object of a valid JSON text has, those of the same name each for itself. */
function fieldCount(text: string): number {
  let depth = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') {
      for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') depth--;
    else if (sign === ':' && depth === 1) count++;
  }
  return count;
}

function readMetadata(metadata: unknown, fail: Fail): Map<string, string> {
  if (metadata === undefined) return new Map();
  if (!isRecord(metadata)) throw fail('a __metadata__ that is no JSON object', 'texts by name');
  return new Map(
    Object.entries(metadata).map(([name, text]) => {
      if (typeof text !== 'string') throw fail(`the metadata ${show(name)} of type ${typeof text}`, 'a text');
      return [name, text];
    }),
  );
}

function readEntry(name: string, entry: unknown, fail: Fail): TensorEntry {
  const what = `the tensor ${show(name)}`;
  if (!isRecord(entry)) throw fail(`${what} without type, shape and range`, 'dtype, shape and data_offsets');
  const { dtype: type, shape, data_offsets: range } = entry;
  const element = typeof type === 'string' ? elementTypes.get(type) : undefined;
  if (typeof type !== 'string' || !element) {
    throw fail(`${what} of type ${show(type)}`, `one of ${[...elementTypes.keys()].join(', ')}`);
  }
  if (!isWholeNumbers(shape)) throw fail(`${what} of shape ${show(shape)}`, 'whole numbers of at least 0');
  if (!isWholeNumbers(range) || range.length !== 2) throw fail(`${what} at ${show(range)}`, 'where it begins and ends');
  const [begin, end] = range;
  const size = sizeOf(shape) * element.bytes;
  if (!Number.isSafeInteger(size) || end - begin !== size) {
    throw fail(`${what} ${type} ${formatShape(shape)} in ${end - begin} bytes`, `${size} bytes`);
  }
  return { name, type, shape, begin, end };
}

function checkCoverage(entries: readonly TensorEntry[], bytes: number, fail: Fail): void {
  let reached = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== reached) {
      throw fail(`the tensor ${show(name)} from byte ${begin} on`, `byte ${reached}, where the one before it ends`);
    }
    reached = end;
  }
  if (reached !== bytes) throw fail(`${bytes} bytes of numbers`, `the ${reached} that the header tells of`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWholeNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= 32 && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
