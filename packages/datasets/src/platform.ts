/*
 * What a browser and Node have under the same name, as types. A program whose TypeScript knows neither the DOM nor Node has no
 * such types, and our declarations have to compile there too: in such a program what would be one of them is `never`.
 */

/** `AbortSignal`. */
export type PlatformSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } } ? Signal : never;

/** `URL`. */
export type PlatformUrl = typeof globalThis extends { URL: { prototype: infer Url } } ? Url : never;

/** `fetch`. */
export type PlatformFetch = typeof globalThis extends { fetch: infer Fetch } ? Fetch : never;

/** What is needed of `caches`, the Cache API of browsers. */
export type PlatformCaches = typeof globalThis extends { caches: { open: infer Open } }
  ? { readonly open: Open }
  : never;

type WorkerParts = 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror';

/** What is needed of a `Worker` of the web. */
export type PlatformWorker = typeof globalThis extends {
  Worker: { prototype: infer Web extends Record<WorkerParts, unknown> };
}
  ? Pick<Web, WorkerParts>
  : never;
