import {
  checkFunction,
  checkHas,
  checkOptions,
  checkSurplus,
  type OptionNames,
  wrongKind,
} from '@tapegrad/core/authors';
import type { ByteSource } from './byteSource.ts';
import { crc32 } from './crc32.ts';
import { inflateWhole } from './inflate.ts';
import { type ZipEntry, zipDirectory, zipError } from './zipDirectory.ts';

/** What {@link readZip} needs beside the archive. */
export interface ReadArchiveOptions {
  /** The archive's name, for the messages of errors. */
  readonly name: string;
  /** The names of the entries that are wanted, each with the most bytes that it may have. */
  readonly wanted: ReadonlyMap<string, number>;
}

/** Throws a DataTypeError unless the entries that are wanted come as a Map. */
export function checkWanted(operation: string, wanted: unknown): void {
  checkHas(operation, 'wanted', wanted, ['get', 'keys', 'size'], {
    wanted: 'names of entries, each with the most bytes that it may have',
    remedy: "Give a Map: `wanted: new Map([['digits.png', 1e6]])`",
  });
}

export const readArchiveOptions: OptionNames<ReadArchiveOptions> = { name: 'required', wanted: 'required' };

/**
 * Some entries of a zip archive, by their names. Only the directory and these entries are read; each is unpacked in
 * memory within its limit and checked by its CRC-32. Nothing is written anywhere.
 *
 * @example
 * const empty = Uint8Array.of(80, 75, 5, 6, ...new Uint8Array(18));
 * await readZip(arraySource(empty), { name: 'empty.zip', wanted: new Map() }) // {}
 * @throws ArchiveError when the archive is damaged, an entry is not there, is larger than its limit, or is packed in a
 *   way other than stored and deflated
 */
export async function readZip(
  source: ByteSource,
  options: ReadArchiveOptions,
  ...surplus: []
): Promise<Map<string, Uint8Array>> {
  checkSurplus('readZip', surplus);
  const { name, wanted } = checkOptions('readZip', options, readArchiveOptions);
  checkHas('readZip', 'source', source, ['size', 'slice'], {
    wanted: 'a source of bytes',
    remedy: 'Give `arraySource(bytes)` for bytes in memory',
  });
  checkWhole(source.size);
  checkFunction('readZip', 'source.slice', source.slice, 'Give `arraySource(bytes)` for bytes in memory');
  checkWanted('readZip', wanted);
  const directory = await zipDirectory(source, name);
  const contents = new Map<string, Uint8Array>();
  for (const [path, limit] of wanted) {
    const entry = directory.get(path);
    if (!entry) throw zipError(name, `no entry called ${path}`, `the archive with ${[...wanted.keys()].join(', ')}`);
    contents.set(path, await readEntry(source, entry, limit, name));
  }
  return contents;
}

async function readEntry(source: ByteSource, entry: ZipEntry, limit: number, archive: string): Promise<Uint8Array> {
  const name = `${archive}: ${entry.name}`;
  const broken = (what: string) => zipError(name, what);
  const tooMuch = () => zipError(name, `unpacks to more than ${limit} bytes`, `at most ${limit} bytes`);
  if (entry.bytes > limit || entry.packedBytes > limit + 2 ** 16) throw tooMuch();
  if (entry.isEncrypted) throw zipError(name, 'an encrypted entry', 'one that can be read without a password');
  const packed = await packedBytes(source, entry, name);
  const content = await unpack(packed);
  if (content.length !== entry.bytes) {
    throw broken(`${content.length} bytes where the directory says ${entry.bytes}`);
  }
  if (crc32(content) !== entry.crc32) throw broken('another CRC-32 than the directory says');
  return content;

  function unpack(bytes: Uint8Array): Promise<Uint8Array> | Uint8Array {
    if (entry.method === 0) return bytes;
    if (entry.method !== 8) throw zipError(name, `packing method ${entry.method}`, 'method 0 (stored) or 8 (deflated)');
    return inflateWhole(bytes, {
      format: 'deflate-raw',
      limit,
      broken: (unpacked, reason) => broken(`its stream breaks after ${unpacked} unpacked bytes (${reason})`),
      tooMuch,
    });
  }
}

/** The entry's bytes, which begin behind a header of its own. */
async function packedBytes(source: ByteSource, entry: ZipEntry, name: string): Promise<Uint8Array> {
  const header = await source.slice(entry.start, entry.start + 30);
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  if (header.length < 30 || view.getUint32(0, true) !== 0x04034b50) throw zipError(name, 'no entry at its offset');
  const start = entry.start + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  const bytes = await source.slice(start, start + entry.packedBytes);
  if (bytes.length < entry.packedBytes) throw zipError(name, 'the archive ends inside it');
  return bytes;
}

function checkWhole(size: unknown): void {
  if (Number.isSafeInteger(size) && (size as number) >= 0) return;
  throw wrongKind('readZip', 'source.size', size, {
    wanted: 'how many bytes there are',
    remedy: 'Give `arraySource(bytes)` for bytes in memory',
  });
}
