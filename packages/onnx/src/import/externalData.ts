import { wrongKind } from '@tapegrad/core/authors';
import { damagedFile, OnnxError } from '../errors.ts';
import type { TensorProto } from '../format/tensorProto.ts';

/** Where weights stand that are not in the file itself: the bytes of the other file, those of several by name, or a function. */
export type ExternalBytes = Uint8Array | Readonly<Record<string, Uint8Array>> | ((location: string) => Uint8Array);

/** The files beside a model in which its weights stand. Each is asked for once, and no name leads out of the folder. */
export class ExternalData {
  readonly #given: ExternalBytes | undefined;
  readonly #files = new Map<string, Uint8Array>();

  /** @throws DataTypeError when it is something else */
  constructor(given: ExternalBytes | undefined) {
    const isKnown =
      given === undefined || given instanceof Uint8Array || typeof given === 'function' || isRecord(given);
    if (!isKnown) throw wrongKind('importOnnx', 'externalData', given, otherBytes);
    this.#given = given;
  }

  /** How many bytes have been read in all. */
  get length(): number {
    return [...this.#files.values()].reduce((total, { length }) => total + length, 0);
  }

  /** @throws OnnxError when the file is not given, lies elsewhere, or ends before the numbers do */
  bytesOf(tensor: TensorProto, name: string): Uint8Array {
    const { location, offset, length } = entryOf(tensor, name);
    const file = this.#file(location, name);
    const end = length === undefined ? file.length : offset + length;
    if (offset <= file.length && end <= file.length) return file.subarray(offset, end);
    throw damagedFile(
      `the tensor ${name} in bytes ${offset} to ${end} of ${shown(location)}, which has ${file.length}`,
      'a file that holds them, the one that was written with the model',
    );
  }

  #file(location: string, name: string): Uint8Array {
    const before = this.#files.get(location);
    if (before) return before;
    const file = this.#ask(location);
    if (file !== undefined && !(file instanceof Uint8Array)) {
      throw wrongKind('importOnnx', `externalData for ${shown(location)}`, file, otherBytes);
    }
    if (file === undefined) {
      throw new OnnxError({
        operation: 'importOnnx',
        got: `the tensor ${name}, whose numbers are in another file, ${shown(location)}`,
        wanted: 'the bytes of that file',
        remedy:
          'Give them, `importOnnx(bytes, { externalData })`, or read both with `readOnnx` of `@tapegrad/onnx/node`; in Python `onnx.save(onnx.load(path), path)` makes one file of them',
      });
    }
    // Of a Buffer of Node, parts would be Buffers too, whose `slice` is no copy.
    const plain = new Uint8Array(file.buffer, file.byteOffset, file.length);
    this.#files.set(location, plain);
    return plain;
  }

  #ask(location: string): unknown {
    if (typeof this.#given === 'function') return this.#given(location);
    if (this.#given instanceof Uint8Array) return this.#given;
    return this.#given !== undefined && Object.hasOwn(this.#given, location) ? this.#given[location] : undefined;
  }
}

const otherBytes = {
  wanted: 'a Uint8Array, some of them by name, or a function that gives one',
  remedy: 'Await it and wrap it: `new Uint8Array(await response.arrayBuffer())`',
};

/** What is written in braces, and no list, map or array of another type. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  return [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

interface Entry {
  readonly location: string;
  readonly offset: number;
  readonly length: number | undefined;
}

/** Whether the numbers of a tensor stand in another file. */
export function isExternal({ dataLocation, externalData }: TensorProto): boolean {
  return dataLocation === 1 || externalData.length > 0;
}

/**
 * Where a tensor stands.
 *
 * @throws OnnxError when the name leads out of the folder of the model, or the position is no number
 */
export function entryOf({ externalData }: TensorProto, name: string): Entry {
  const byKey = new Map(externalData.map(({ key, value }) => [key, value]));
  const location = byKey.get('location') ?? '';
  const isOutside = /^[/\\]|^[A-Za-z]:|\0/.test(location) || location.split(/[/\\]/).includes('..');
  if (location === '' || isOutside) {
    throw new OnnxError({
      operation: 'importOnnx',
      got: `the tensor ${name}, whose numbers are in ${location === '' ? 'another file without a name' : shown(location)}`,
      wanted: 'a file in the folder of the model',
      remedy: 'Do not open it if you do not know who made it; else save the model again, as one file',
    });
  }
  return { location, offset: position(byKey.get('offset'), name) ?? 0, length: position(byKey.get('length'), name) };
}

function position(text: string | undefined, name: string): number | undefined {
  if (text === undefined || text === '') return undefined;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw damagedFile(`the tensor ${name} at ${shown(text)} of another file`, 'a whole number of bytes');
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
