import { TapegradError, ValueError } from '@tapegrad/core';
import { concatenate } from '../bytes.ts';
import { DownloadError } from '../errors.ts';
import { mnistContent } from '../mnist.ts';
import type { MnistFile } from '../mnist-files.ts';
import { type DownloadTimeouts, receive } from './receive.ts';

/** How far the download of one file has come. */
export interface DownloadProgress {
  /** The file's name. */
  readonly file: string;
  readonly receivedBytes: number;
  /** Null when the mirror does not say. */
  readonly totalBytes: number | null;
}

/** Where to look for a file, and for how long. */
export interface DownloadOptions {
  /** Addresses to which a file's name and `.gz` are added, in the order in which they are asked. */
  readonly mirrors: readonly string[];
  readonly timeouts: DownloadTimeouts;
  readonly fetch: typeof globalThis.fetch;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
}

/** How long a mirror is waited for when nothing else is said, in milliseconds. */
export const defaultTimeouts: DownloadTimeouts = { firstByte: 4_000, stall: 10_000, whole: 600_000, decision: 6_000 };

/**
 * One of MNIST's files from the first mirror that has it, unpacked and checked.
 *
 * All mirrors together have `timeouts.decision` to begin with an answer, each an equal part of what is left of it.
 *
 * @returns the file's content and the mirror it came from
 * @throws DownloadError when no mirror could give it, with what each of them did
 * @throws the reason of `signal` when that is what ended it
 */
export async function downloadMnistFile(
  file: MnistFile,
  { mirrors, timeouts, fetch, onProgress, signal }: DownloadOptions,
): Promise<{ content: Uint8Array; mirror: string }> {
  const failures: string[] = [];
  const started = Date.now();
  for (const [index, mirror] of mirrors.entries()) {
    const share = (timeouts.decision - (Date.now() - started)) / (mirrors.length - index);
    const firstByte = Math.max(1, Math.min(timeouts.firstByte, Math.round(share)));
    try {
      const pieces = await receive(`${mirror}${file.name}.gz`, {
        fetch,
        timeouts: { ...timeouts, firstByte },
        // What does not compress grows a little in a gzip file, but never by as much as this.
        limit: file.bytes + 2 ** 16,
        onProgress: (progress) => onProgress?.({ file: file.name, ...progress }),
        signal,
      });
      return { content: await mnistContent(file, concatenate(pieces)), mirror };
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(`${mirror} ${reason(error)}`);
    }
  }
  throw new DownloadError({
    operation: file.name,
    got: failures.length === 0 ? 'no mirror to ask' : failures.join('; '),
    wanted: `its ${file.bytes} bytes from one of the mirrors`,
    remedy: 'Check the network, or put the four files of MNIST in a folder and name it in TAPEGRAD_DATA',
  });
}

/**
 * The mirrors' addresses, each with a slash at its end.
 *
 * @throws ValueError for one that is not https: the way there is not safe. Only this computer itself may be asked over
 *   plain http, for tests
 */
export function checkMirrors(mirrors: readonly string[]): readonly string[] {
  return mirrors.map((mirror) => {
    const url = URL.canParse(mirror) ? new URL(mirror) : undefined;
    const loopback = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
    if (url?.protocol === 'https:' || loopback) return mirror.endsWith('/') ? mirror : `${mirror}/`;
    throw new ValueError({
      operation: 'loadMnist',
      got: `the mirror ${mirror}`,
      wanted: 'an address that begins with https://',
      remedy: 'Name a mirror that can be asked over https',
    });
  });
}

/** What went wrong, in a few words. Fetch hides the system's own words in the cause. */
function reason(error: unknown): string {
  if (error instanceof TapegradError) return `sent a wrong file (${error.got})`;
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return `cannot be reached (${'code' in cause ? String(cause.code) : cause.message})`;
  return error.message;
}
