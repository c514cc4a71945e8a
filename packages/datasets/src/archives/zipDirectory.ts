import { checkBytes } from '@tapegrad/core/authors';
import { ArchiveError } from '../errors.ts';
import type { ByteSource } from './byteSource.ts';
import { checkEntryName } from './entryName.ts';

/** What a zip archive's directory says about one entry. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored as it is; 8: deflated. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where the entry's own header begins. */
  readonly start: number;
}

/** The end record has 22 bytes and a comment of at most 65,535. */
const endLength = 22;
const mostEnd = endLength + 0xffff;
const headerLength = 46;
/** As many as a directory without zip64 can count, and no name of them is long. */
const mostEntries = 0xffff;
const mostDirectory = 1 << 24;

/** An error about the archive `name`. */
export function zipError(name: string, got: string, wanted = 'a whole and undamaged zip archive'): ArchiveError {
  return new ArchiveError({ operation: name, got, wanted, remedy: 'Fetch the archive again' });
}

/**
 * The entries of a zip archive by their names, as its central directory lists them.
 *
 * Source: PKWARE, "APPNOTE.TXT, .ZIP File Format Specification", version 6.3, sections 4.3.12 and 4.3.16. Archives in
 * several parts and those beyond 4 GiB (zip64) are refused.
 *
 * @throws ArchiveError when the directory is damaged, too large, names an entry twice or one outside of the archive
 */
export async function zipDirectory(source: ByteSource, name: string): Promise<ReadonlyMap<string, ZipEntry>> {
  const { count, start, length } = await endOfDirectory(source, name);
  const bytes = await source.slice(start, start + length);
  if (bytes.length < length) throw zipError(name, 'the archive ends inside its directory');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + headerLength > length || view.getUint32(at, true) !== 0x02014b50) {
      throw zipError(name, `entry ${index} of the directory is damaged`);
    }
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const end = at + headerLength + nameLength + extra + comment;
    if (end > length) throw zipError(name, `entry ${index} of the directory is cut short`);
    const letters = bytes.subarray(at + headerLength, at + headerLength + nameLength);
    const entry = {
      name: checkEntryName(new TextDecoder().decode(letters), name),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      start: view.getUint32(at + 42, true),
    };
    if (entries.has(entry.name)) throw zipError(name, `two entries called ${entry.name}`);
    entries.set(entry.name, entry);
    at = end;
  }
  return entries;
}

/** Finds the record at the archive's end that says where its directory is. */
async function endOfDirectory(source: ByteSource, name: string) {
  const from = Math.max(0, source.size - mostEnd);
  const bytes = await source.slice(from, source.size);
  checkBytes('readZip', bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = bytes.length - endLength; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    // The comment must reach to the very end: the same four bytes may stand inside of one.
    if (at + endLength + view.getUint16(at + 20, true) !== bytes.length) continue;
    const [disk, directoryDisk, here, count] = [4, 6, 8, 10].map((offset) => view.getUint16(at + offset, true));
    const [length, start] = [12, 16].map((offset) => view.getUint32(at + offset, true));
    if (disk !== 0 || directoryDisk !== 0 || here !== count) throw zipError(name, 'one part of an archive in several');
    if (count > mostEntries || length > mostDirectory || start + length > from + at) {
      throw zipError(name, `a directory of ${count} entries and ${length} bytes from byte ${start} on`);
    }
    return { count, start, length };
  }
  throw zipError(name, 'no end of a directory in the last 65,557 bytes');
}
