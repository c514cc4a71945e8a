import { describe, expect, test } from 'vitest';
import { tinyContents, tinyDataset } from '../../test/tinyDataset.ts';
import { type FetchDatasetOptions, fetchDataset } from './fetchDataset.ts';

/** The Cache API as far as it is used, in memory. */
function fakeCaches() {
  const kept = new Map<string, Uint8Array>();
  const opened: string[] = [];
  const cache = {
    match: async (key: string) =>
      kept.has(key) ? new Response(new Blob([new Uint8Array(kept.get(key) ?? [])])) : undefined,
    put: async (key: string, response: Response) => void kept.set(key, new Uint8Array(await response.arrayBuffer())),
  };
  const caches = {
    async open(name: string) {
      opened.push(name);
      return cache as Pick<Cache, 'match' | 'put'> as Cache;
    },
  };
  return { kept, opened, caches };
}

const trainImages = [...tinyContents['tiny-train-images-idx3-ubyte'].subarray(16)];

describe.each(['gzip', 'zip', 'tar.gz'] as const)('fetchDataset of a dataset in %s', async (kind) => {
  const { description, served } = await tinyDataset(kind);
  const serving = (asked: string[] = [], files = served): typeof fetch => {
    return async (address) => {
      asked.push(String(address));
      const name = new URL(String(address)).pathname.slice(1);
      return files[name] ? new Response(new Blob([new Uint8Array(files[name])])) : new Response(null, { status: 404 });
    };
  };
  const load = (options: FetchDatasetOptions) => fetchDataset(description, options);

  test('fetches, keeps, and reads what it has kept without asking anybody', async () => {
    const [asked, { kept, opened, caches }] = [[] as string[], fakeCaches()];
    const progress: string[] = [];
    const first = await load({ fetch: serving(asked), caches, onProgress: ({ file }) => progress.push(file) });
    expect([...first.train.images.data]).toEqual(trainImages);
    expect(first.origin).toBe('Tiny downloaded from https://tiny.example/.');
    expect([opened, kept.size, asked.length]).toEqual([
      ['tapegrad-datasets'],
      asked.length,
      Object.keys(served).length,
    ]);
    expect(new Set(progress).size).toBe(asked.length);
    const second = await load({ fetch: () => Promise.reject(new Error('asked')), caches });
    expect(second.origin).toBe('Tiny from the cache of this browser.');
    expect([...second.train.images.data]).toEqual(trainImages);
  });

  test('fetches again what is broken in the cache, and says so', async () => {
    const { kept, caches } = fakeCaches();
    await load({ fetch: serving(), caches, cache: 'mine' });
    const [[key, bytes]] = kept;
    kept.set(key, bytes.with(25, bytes[25] ^ 1));
    const [asked, notices] = [[] as string[], [] as string[]];
    await load({ fetch: serving(asked), caches, onNotice: (each) => notices.push(each) });
    expect([asked.length, notices.length]).toEqual([1, 1]);
    expect(kept.get(key)).toEqual(bytes);
  });

  test('does without a cache: none wanted, none there, one that fails or is full', async () => {
    const full = { match: async () => undefined, put: () => Promise.reject(new Error('quota')) };
    const notices: string[] = [];
    const { kept, caches } = fakeCaches();
    const each: FetchDatasetOptions[] = [
      { cache: null, caches },
      {},
      { caches: { open: () => Promise.reject(new Error('insecure')) } },
      { caches: { open: async () => full as Pick<Cache, 'match' | 'put'> as Cache } },
    ];
    for (const options of each) {
      const { train } = await load({ ...options, fetch: serving(), onNotice: (sentence) => notices.push(sentence) });
      expect([...train.images.data]).toEqual(trainImages);
    }
    expect(kept.size).toBe(0);
    expect(notices[0]).toBe("The browser's cache cannot be used: insecure.");
    expect(notices.slice(1).every((sentence) => sentence.includes('could not be kept'))).toBe(true);
    expect(notices).toHaveLength(1 + Object.keys(served).length);
  });

  test('takes nothing but the true files, and keeps nothing else', async () => {
    const { kept, caches } = fakeCaches();
    const spoilt = Object.fromEntries(Object.entries(served).map(([name, bytes]) => [name, bytes.slice().with(25, 1)]));
    await expect(load({ fetch: serving([], spoilt), caches })).rejects.toMatchObject({ code: 'DOWNLOAD' });
    expect(kept.size).toBe(0);
  });

  test('ends with the reason of its signal, and refuses unsafe mirrors', async () => {
    await expect(load({ fetch: serving(), signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow('left');
    await expect(load({ mirrors: ['http://a.example/'] })).rejects.toThrow(
      'fetchDataset: the mirror http://a.example/',
    );
  });
});
