import type { PlatformFetch, PlatformSignal } from '../platform.ts';
import { fetchSafely } from './redirects.ts';

/** How long a mirror may be silent, in milliseconds. */
export interface DownloadTimeouts {
  /** Until the first byte of a file, for each mirror. Default: 4,000. */
  readonly firstByte: number;
  /** Between two pieces of a file. Default: 10,000. */
  readonly stall: number;
  /** For a whole file from one mirror. Default: 600,000. */
  readonly whole: number;
  /**
   * Until any mirror has given the first byte of a file. Default: 6,000, so that a run without a network goes on within
   * 10 seconds, drawn digits and all.
   */
  readonly decision: number;
}

/** The bounds within which {@link receive} works. */
export interface ReceiveOptions {
  readonly fetch: PlatformFetch;
  readonly timeouts: Pick<DownloadTimeouts, 'firstByte' | 'stall' | 'whole'>;
  /** The most bytes that may come. */
  readonly limit: number;
  /** Takes each piece as it comes. */
  readonly take: (piece: Uint8Array) => void | Promise<void>;
  /** Told after every piece. `totalBytes` is null when the mirror does not say how much it will send. */
  readonly onProgress?: (progress: { receivedBytes: number; totalBytes: number | null }) => void;
  /** Ends the download. */
  readonly signal?: PlatformSignal;
}

/**
 * Takes the bytes behind an address, within bounds of time and size. No redirect is followed off https.
 *
 * @throws Error with a short reason: `no answer within 4 s`, `answered 404`, `sent more than 100 bytes`
 * @throws the reason of `signal` when that is what ended it
 */
export async function receive(address: string, options: ReceiveOptions): Promise<void> {
  const { fetch, timeouts, limit, take, onProgress, signal } = options;
  signal?.throwIfAborted();
  const clock = startClock(timeouts, signal);
  try {
    const response = await clock.inTime(fetchSafely(address, fetch, clock.signal));
    if (!response.ok || !response.body) {
      throw new RefusedError(`answered ${response.status}`, response.status);
    }
    const totalBytes = announcedBytes(response);
    if (totalBytes !== null && totalBytes > limit) throw new Error(`announced ${totalBytes} bytes, more than ${limit}`);
    const reader = response.body.getReader();
    for (let receivedBytes = 0; ; ) {
      const { done, value } = await clock.inTime(reader.read());
      if (done) {
        if (totalBytes === null || receivedBytes === totalBytes) return;
        throw new Error(`ended after ${receivedBytes} of ${totalBytes} bytes`);
      }
      clock.heard();
      receivedBytes += value.length;
      if (receivedBytes > limit) throw new Error(`sent more than ${limit} bytes`);
      await take(value);
      onProgress?.({ receivedBytes, totalBytes });
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    // Also closes the connection of an answer that was not read to its end.
    clock.stop();
  }
}

/** An answer that is no file. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Where a content encoding is in play, the announced length counts other bytes than those that come. */
function announcedBytes(response: Response): number | null {
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  return response.headers.has('content-encoding') || !Number.isSafeInteger(length) ? null : length;
}

/** A clock that ends a download through `signal` when the mirror is silent for too long, or the user wants no more. */
function startClock({ firstByte, stall, whole }: ReceiveOptions['timeouts'], outer?: PlatformSignal) {
  const controller = new AbortController();
  const { signal } = controller;
  const stopAfter = (milliseconds: number, what: string) =>
    setTimeout(() => controller.abort(new Error(`${what} ${seconds(milliseconds)} s`)), milliseconds);
  let silence = stopAfter(firstByte, 'no answer within');
  const total = stopAfter(whole, 'not done within');
  const passOn = () => controller.abort(outer?.reason);
  outer?.addEventListener('abort', passOn);
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  // Whoever waits through inTime hears of it; when nobody waits, it is no unhandled rejection either.
  ended.catch(() => undefined);
  return {
    signal,
    /** Waits for the promise, but not beyond the clock, even if the other side takes no notice of the signal. */
    inTime: <Value>(promise: Promise<Value>): Promise<Value> => Promise.race([promise, ended]),
    heard(): void {
      clearTimeout(silence);
      silence = stopAfter(stall, 'silent for');
    },
    stop(): void {
      clearTimeout(silence);
      clearTimeout(total);
      outer?.removeEventListener('abort', passOn);
      controller.abort();
    },
  };
}

/** Two digits are enough to be told: 3 and not 2.994. */
function seconds(milliseconds: number): number {
  return Number((milliseconds / 1000).toPrecision(2));
}
