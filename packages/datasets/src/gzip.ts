import { concatenate, unsharedBytes } from './bytes.ts';
import { GzipError } from './errors.ts';

/** What {@link gunzipIfNeeded} needs beside the bytes. */
export interface GunzipOptions {
  /** The file's name, for the messages of errors. */
  readonly name: string;
  /** The most bytes that the content may have. */
  readonly limit: number;
}

/**
 * The content of a file that may or may not be gzipped; the first two bytes (1f 8b) tell.
 *
 * Unpacks through the platform's `DecompressionStream`, in Node and in browsers, and stops as soon as the content
 * passes `limit`, so that a small file cannot fill the memory.
 *
 * @returns the content; bytes that are not gzipped come back as they are, without a copy and whatever their number
 * @throws GzipError when the stream is cut short or damaged, or its content is larger than `limit` bytes
 */
export async function gunzipIfNeeded(bytes: Uint8Array, { name, limit }: GunzipOptions): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes;
  const reader = new Blob([unsharedBytes(bytes)]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (length <= limit) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new GzipError(
        {
          operation: name,
          got: `the gzip stream breaks after ${length} unpacked bytes (${reason(error)})`,
          wanted: 'a whole and undamaged gzip file',
          remedy: 'Fetch the file again',
        },
        { cause: error },
      );
    });
    if (done) return concatenate(pieces);
    pieces.push(value);
    length += value.length;
  }
  // Not waited for: what the stream still has to say about its end is of no interest.
  reader.cancel().catch(() => undefined);
  throw new GzipError({
    operation: name,
    got: `the gzip file of ${bytes.length} bytes unpacks to more than ${limit} bytes`,
    wanted: `at most ${limit} bytes`,
    remedy: 'Check that this is the file you meant',
  });
}

/** Whether the bytes begin as every gzip file does (RFC 1952, section 2.3.1). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function reason(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
