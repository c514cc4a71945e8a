import { ArchiveError } from '../errors.ts';

/** The length of a header, and what every entry's content is filled up to a multiple of. */
export const tarBlock = 512;

/** What the header of an entry of a tar archive says. */
export interface TarHeader {
  readonly name: string;
  readonly bytes: number;
  /** Whether this is a usual file, and not a folder, a link or a note to the reader. */
  readonly isFile: boolean;
}

/** An error about the archive `name`. */
export function tarError(name: string, got: string, wanted = 'a whole and undamaged tar archive'): ArchiveError {
  return new ArchiveError({ operation: name, got, wanted, remedy: 'Fetch the archive again' });
}

/**
 * A header of a tar archive (POSIX.1-1988 "ustar", which GNU tar writes nearly the same), or `undefined` for the block
 * of zeros that ends an archive.
 *
 * @throws ArchiveError when the block's sum is wrong, or its size is not an octal number
 */
export function readTarHeader(block: Uint8Array, archive: string): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  const written = octal(block, 148, 8);
  // The sum is taken with blanks instead of the sum itself.
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (written !== sum) throw tarError(archive, 'a header whose sum is wrong');
  const bytes = octal(block, 124, 12);
  if (bytes === undefined) throw tarError(archive, 'a header without a size');
  const prefix = text(block, 257, 6).startsWith('ustar\0') ? field(block, 345, 155) : '';
  const name = field(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    bytes,
    isFile: block[156] === 0 || block[156] === 0x30,
  };
}

/** An octal number between blanks and zeros, as old as the format; `undefined` when it is none. */
function octal(block: Uint8Array, start: number, length: number): number | undefined {
  const digits = /^ *([0-7]+)[ \0]*$/.exec(text(block, start, length))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 8);
}

/** A text that ends with a zero, or fills its field. */
function field(block: Uint8Array, start: number, length: number): string {
  const all = text(block, start, length);
  const end = all.indexOf('\0');
  return end < 0 ? all : all.slice(0, end);
}

function text(block: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...block.subarray(start, start + length));
}
