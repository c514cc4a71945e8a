import { checkBytes, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { type InflateOptions, inflateWhole } from '../archives/inflate.ts';
import { GzipError } from '../errors.ts';

/** What {@link gunzipIfNeeded} needs beside the bytes. */
export interface GunzipOptions {
  /** The file's name, for the messages of errors. */
  readonly name: string;
  /** The most bytes that the content may have. */
  readonly limit: number;
}

const gunzipOptions: OptionNames<GunzipOptions> = { name: 'required', limit: 'required' };

/**
 * The content of a file that may or may not be gzipped; the first two bytes (1f 8b) tell.
 *
 * Unpacks through the platform's `DecompressionStream`, in Node and in browsers, and stops as soon as the content
 * passes `limit`, so that a small file cannot fill the memory.
 *
 * @returns the content; bytes that are not gzipped come back as they are, without a copy and whatever their number
 * @example await gunzipIfNeeded(Uint8Array.of(1, 2, 3), { name: 'plain', limit: 10 }) // [1, 2, 3]
 * @throws GzipError when the stream is cut short or damaged, or its content is larger than `limit` bytes
 */
export async function gunzipIfNeeded(bytes: Uint8Array, options: GunzipOptions, ...surplus: []): Promise<Uint8Array> {
  checkSurplus('gunzipIfNeeded', surplus);
  checkOptions('gunzipIfNeeded', options, gunzipOptions);
  checkBytes('gunzipIfNeeded', bytes);
  return isGzip(bytes) ? inflateWhole(bytes, gunzipping(bytes.length, options)) : bytes;
}

/** How to inflate a gzip file of so many bytes. */
export function gunzipping(size: number, { name, limit }: GunzipOptions): InflateOptions {
  return {
    format: 'gzip',
    limit,
    broken: (unpacked, reason, cause) =>
      new GzipError(
        {
          operation: name,
          got: `the gzip stream breaks after ${unpacked} unpacked bytes (${reason})`,
          wanted: 'a whole and undamaged gzip file',
          remedy: 'Fetch the file again',
        },
        { cause },
      ),
    tooMuch: () =>
      new GzipError({
        operation: name,
        got: `the gzip file of ${size} bytes unpacks to more than ${limit} bytes`,
        wanted: `at most ${limit} bytes`,
        remedy: 'Check that this is the file you meant',
      }),
  };
}

/** Whether the bytes begin as every gzip file does (RFC 1952, section 2.3.1). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
