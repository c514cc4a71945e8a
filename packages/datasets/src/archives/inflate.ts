import { arraySource, piecesOf } from './byteSource.ts';
import { concatenate, unsharedBytes } from './bytes.ts';

/** How {@link inflatePieces} works. */
export interface InflateOptions {
  readonly format: 'gzip' | 'deflate' | 'deflate-raw';
  /** The most bytes that may come out. */
  readonly limit: number;
  /** Makes the error for a stream that breaks after so many unpacked bytes, for the platform's reason. */
  readonly broken: (unpacked: number, reason: string, cause: unknown) => Error;
  /** Makes the error for a stream that holds more than `limit` bytes. */
  readonly tooMuch: () => Error;
}

/**
 * The content of a compressed stream, piece by piece, through the platform's `DecompressionStream`.
 *
 * It asks for no more of the stream than is wanted of its content, and ends the moment that passes `limit`, so that a
 * small file cannot fill the memory.
 *
 * @throws what `broken` and `tooMuch` make, and whatever the stream of pieces throws
 */
export async function* inflatePieces(
  pieces: AsyncIterable<Uint8Array>,
  { format, limit, broken, tooMuch }: InflateOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { readable, writable } = new DecompressionStream(format);
  const reader = readable.getReader();
  const feeding = feed(pieces, writable);
  let unpacked = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(async (error: unknown) => {
        const failure = await feeding;
        throw failure?.error ?? broken(unpacked, reasonOf(error), error);
      });
      if (done) break;
      unpacked += value.length;
      if (unpacked > limit) throw tooMuch();
      yield value;
    }
    const failure = await feeding;
    if (failure) throw failure.error;
  } finally {
    // Not waited for: what the stream still has to say about its end is of no interest.
    reader.cancel().catch(() => undefined);
  }
}

/** The whole content of compressed bytes; see {@link inflatePieces}. */
export async function inflateWhole(bytes: Uint8Array, options: InflateOptions): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of inflatePieces(piecesOf(arraySource(bytes)), options)) pieces.push(piece);
  return concatenate(pieces);
}

/** Pushes all pieces into the stream. Gives back the error with which the pieces themselves ended, if they did. */
async function feed(
  pieces: AsyncIterable<Uint8Array>,
  writable: WritableStream<BufferSource>,
): Promise<{ readonly error: unknown } | undefined> {
  const writer = writable.getWriter();
  let isOurs = true;
  try {
    for await (const piece of pieces) {
      isOurs = false;
      await writer.write(unsharedBytes(piece));
      isOurs = true;
    }
    isOurs = false;
    await writer.close();
    return undefined;
  } catch (error) {
    // The stream's own errors are seen by its reader.
    await writer.abort(error).catch(() => undefined);
    return isOurs ? { error } : undefined;
  }
}

/** What the platform says about a broken stream, in its own words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
