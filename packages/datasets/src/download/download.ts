import { TapegradError, ValueError } from '@tapegrad/core';
import { DownloadError } from '../errors.ts';
import type { PlatformFetch, PlatformSignal } from '../platform.ts';
import { type DownloadTimeouts, RefusedError, receive } from './receive.ts';
import { isSafeAddress } from './redirects.ts';
import type { Sink } from './sink.ts';

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
  /** Addresses to which a file's name is added, in the order in which they are asked. */
  readonly mirrors: readonly string[];
  readonly timeouts: DownloadTimeouts;
  readonly fetch: PlatformFetch;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: PlatformSignal;
}

/** One file to be downloaded. */
export interface Wanted {
  /** What it is called in messages: its name without `.gz`. */
  readonly name: string;
  /** What is added to a mirror's address. */
  readonly path: string;
  /** How large it is, for messages, and the most bytes that may come. */
  readonly bytes: number;
  readonly limit: number;
  /** What to do where no mirror can give it: `Check the network`. */
  readonly remedy: string;
}

/** How long a mirror is waited for when nothing else is said, in milliseconds. */
export const defaultTimeouts: DownloadTimeouts = { firstByte: 4_000, stall: 10_000, whole: 600_000, decision: 6_000 };

/** How long to wait before all mirrors are asked once more, in milliseconds, and how often that is done. */
const backoff = [200, 800];

/**
 * One file from the first mirror that has it.
 *
 * All mirrors together have `timeouts.decision` to begin with an answer, each an equal part of what is left of it. When
 * all have failed, those whose failure may pass (no connection, an answer of 5xx, a file cut short) are asked again after
 * a while and a longer while, as far as that time goes; a mirror that has begun to answer makes it begin anew.
 *
 * @param open makes a new sink for each attempt
 * @returns what the sink has made of the file, and the mirror it came from
 * @throws DownloadError when no mirror could give it, with what each of them did at last
 * @throws the reason of `signal` when that is what ended it
 */
export async function download<Result>(
  wanted: Wanted,
  open: () => Promise<Sink<Result>>,
  options: DownloadOptions,
): Promise<{ result: Result; mirror: string }> {
  const { timeouts, signal } = options;
  const failures = new Map<string, string>();
  let mirrors = options.mirrors;
  let deadline = Date.now() + timeouts.decision;
  for (const wait of [...backoff, undefined]) {
    const again: string[] = [];
    for (const [index, mirror] of mirrors.entries()) {
      const share = (deadline - Date.now()) / (mirrors.length - index);
      const firstByte = Math.max(1, Math.min(timeouts.firstByte, Math.round(share)));
      const attempt = await ask(mirror, wanted, await open(), { ...options, timeouts: { ...timeouts, firstByte } });
      if ('result' in attempt) return { result: attempt.result, mirror };
      signal?.throwIfAborted();
      if (attempt.hasBegun) deadline = Date.now() + timeouts.decision;
      if (attempt.mayPass) again.push(mirror);
      failures.set(mirror, reason(attempt.error));
    }
    if (wait === undefined || again.length === 0 || Date.now() + wait >= deadline) break;
    await pause(wait, signal);
    mirrors = again;
  }
  throw new DownloadError({
    operation: wanted.name,
    got: failures.size === 0 ? 'no mirror to ask' : Array.from(failures, (each) => each.join(' ')).join('; '),
    wanted: `its ${wanted.bytes} bytes from one of the mirrors`,
    remedy: wanted.remedy,
  });
}

type Attempt<Result> =
  | { readonly result: Result }
  | { readonly error: unknown; readonly hasBegun: boolean; readonly mayPass: boolean };

async function ask<Result>(
  mirror: string,
  { name, path, limit }: Wanted,
  sink: Sink<Result>,
  { fetch, timeouts, onProgress, signal }: DownloadOptions,
): Promise<Attempt<Result>> {
  let hasBegun = false;
  let isWhole = false;
  try {
    await receive(`${mirror}${path}`, {
      fetch,
      timeouts,
      limit,
      signal,
      take: (piece) => {
        hasBegun = true;
        return sink.take(piece);
      },
      onProgress: (progress) => onProgress?.({ file: name, ...progress }),
    });
    isWhole = true;
    return { result: await sink.finish() };
  } catch (error) {
    await sink.abandon();
    return { error, hasBegun, mayPass: !isWhole && mayPass(error) };
  }
}

/** Whether asking again may help: not when the mirror has clearly said no, nor when its name is unknown. */
function mayPass(error: unknown): boolean {
  if (error instanceof RefusedError) return error.status >= 500 || error.status === 408 || error.status === 429;
  if (!(error instanceof Error)) return false;
  if (/^(sent more|announced|redirects)/.test(error.message)) return false;
  const { cause } = error;
  return !(cause instanceof Error && 'code' in cause && cause.code === 'ENOTFOUND');
}

/** Waits, but not beyond the signal. */
function pause(milliseconds: number, signal: PlatformSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/**
 * The mirrors' addresses, each with a slash at its end.
 *
 * @throws ValueError for one that is not https: the way there is not safe. Only this computer itself may be asked over
 *   plain http, for tests
 */
export function checkMirrors(mirrors: readonly string[], operation = 'loadMnist'): readonly string[] {
  return mirrors.map((mirror) => {
    if (isSafeAddress(mirror)) return mirror.endsWith('/') ? mirror : `${mirror}/`;
    throw new ValueError({
      operation,
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
