import { TapegradError } from '@tapegrad/core';
import { unsharedBytes } from '../archives/bytes.ts';
import type { PlatformCaches } from '../platform.ts';

/** Files that a browser has kept. */
export interface KeptFiles {
  /** What `check` makes of a file, if it is there and passes; a broken one is told and taken for missing. */
  find(key: string, check: (bytes: Uint8Array) => Promise<Uint8Array>): Promise<Uint8Array | undefined>;
  /** Keeps a file. That it cannot be done is told, and no reason to stop. */
  keep(key: string, bytes: Uint8Array): Promise<void>;
}

/** Under this address files are kept; nobody is ever asked there. */
const base = 'https://tapegrad.invalid/';

/** The cache of that name, or one in which nothing is ever found, where there is no cache. */
export async function openKept(
  name: string | null = 'tapegrad-datasets',
  caches: PlatformCaches | undefined,
  tell: (sentence: string) => void = () => undefined,
): Promise<KeptFiles> {
  if (name === null || !caches) return { find: async () => undefined, keep: async () => undefined };
  let cache: Cache;
  try {
    cache = await caches.open(name);
  } catch (error) {
    tell(`The browser's cache cannot be used: ${reasonOf(error)}.`);
    return { find: async () => undefined, keep: async () => undefined };
  }
  return {
    async find(key, check) {
      try {
        const response = await cache.match(base + key);
        return response && (await check(new Uint8Array(await response.arrayBuffer())));
      } catch (error) {
        const why = error instanceof TapegradError ? error.got : reasonOf(error);
        tell(`The cached file ${key} is broken and not used: ${why}.`);
        return undefined;
      }
    },
    async keep(key, bytes) {
      try {
        await cache.put(base + key, new Response(new Blob([unsharedBytes(bytes)])));
      } catch (error) {
        tell(`The download could not be kept as ${key}: ${reasonOf(error)}.`);
      }
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
