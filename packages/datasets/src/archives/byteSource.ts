import { checkBytes, checkSurplus } from '@tapegrad/core/authors';
/** Bytes that may be more than fit in memory: a file on a disk, or an array. */
export interface ByteSource {
  /** How many there are. */
  readonly size: number;
  /** The bytes from offset `from` to below `to`; fewer where the source ends before. */
  slice(from: number, to: number): Promise<Uint8Array>;
}

/** How many bytes are read at a time. */
const pieceLength = 1 << 18;

/**
 * An array as a source. Its slices share its memory.
 *
 * @example arraySource(Uint8Array.of(1, 2, 3)).size // 3
 */
export function arraySource(bytes: Uint8Array, ...surplus: []): ByteSource {
  checkSurplus('arraySource', surplus);
  checkBytes('arraySource', bytes);
  return { size: bytes.length, slice: async (from, to) => bytes.subarray(from, to) };
}

/** All bytes of a source, piece after piece. */
export async function* piecesOf(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  for (let from = 0; from < source.size; from += pieceLength) {
    const piece = await source.slice(from, Math.min(source.size, from + pieceLength));
    if (piece.length === 0) return;
    yield piece;
  }
}
