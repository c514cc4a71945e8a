import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onWarning, type Warning } from '@tapegrad/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMirror } from '../../test/mirror.ts';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { sha256 } from '../formats/checksum.ts';
import { mnistFiles } from '../sources/mnistFiles.ts';
import { type LoadMnistOptions, loadMnist } from './load.ts';

const real = process.env.TAPEGRAD_DATA;
const noNetwork: typeof fetch = () =>
  Promise.reject(
    new TypeError('fetch failed', { cause: Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }) }),
  );
const builtIn = { train: 20, test: 10 };
const load = (options: LoadMnistOptions) => loadMnist({ environment: {}, builtIn, fetch: noNetwork, ...options });

let warnings: Warning[] = [];
let silent = (): void => {};
beforeEach(() => {
  warnings = [];
  silent = onWarning((warning) => warnings.push(warning));
});
afterEach(() => silent());

describe('loadMnist without MNIST', () => {
  test('warns that its digits are drawn, whether or not anybody reads the origin', async () => {
    await load({ cacheDirectory: '/nowhere', download: false });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ code: 'DRAWN_DIGITS', operation: 'loadMnist' });
    expect(warnings[0].message).toMatch(
      /^these digits are not MNIST, .* download is off\. For the real MNIST, run again/,
    );
  });

  test('draws digits, and says that it does, why, and what to do about it', async () => {
    const folder = await temporaryFolder();
    const { train, test: held, builtIn: drawn, origin } = await load({ cacheDirectory: folder });
    expect([drawn, train.labels.size, held.labels.size]).toEqual([true, 20, 10]);
    expect(origin).toMatchInlineSnapshot(
      `"Digits drawn by tapegrad itself, not MNIST: 20 to learn from and 10 to be tested on, seed 1. MNIST could not be had: t10k-labels-idx1-ubyte: https://storage.googleapis.com/cvdf-datasets/mnist/ cannot be reached (ENOTFOUND); https://ossci-datasets.s3.amazonaws.com/mnist/ cannot be reached (ENOTFOUND). For the real MNIST, run again with a network, or put its four files in a folder and name it in TAPEGRAD_DATA."`,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test('leaves nothing half-written when a mirror stops in the middle', async () => {
    const cacheDirectory = await temporaryFolder();
    const half = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
    const mirrors = [await startMirror((_, response) => response.end(half))];
    const { builtIn: drawn, origin } = await load({ cacheDirectory, mirrors, fetch: globalThis.fetch });
    expect(drawn).toBe(true);
    expect(origin).toContain('sent a wrong file (the gzip stream breaks after 0 unpacked bytes');
    expect(await readdir(cacheDirectory)).toEqual([]);
  });

  test('goes on in time when the network swallows everything', async () => {
    const started = Date.now();
    const { origin } = await load({
      cacheDirectory: await temporaryFolder(),
      fetch: () => new Promise(() => undefined),
      timeouts: { decision: 300 },
    });
    expect(Date.now() - started).toBeLessThan(1500);
    expect(origin).toContain('no answer within 0.15 s');
  });

  test('asks nobody when download is off', async () => {
    const fetch = () => Promise.reject(new Error('asked'));
    const { origin } = await load({ cacheDirectory: '/nowhere', download: false, fetch });
    expect(origin.replaceAll('\\', '/')).toMatchInlineSnapshot(
      `"Digits drawn by tapegrad itself, not MNIST: 20 to learn from and 10 to be tested on, seed 1. MNIST could not be had: t10k-labels-idx1-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, train-images-idx3-ubyte not in /nowhere/mnist, download is off. For the real MNIST, run again with a network, or put its four files in a folder and name it in TAPEGRAD_DATA."`,
    );
  });

  test('does not use a broken file in the cache, and says so', async () => {
    const environment = { TAPEGRAD_CACHE: await temporaryFolder() };
    await mkdir(join(environment.TAPEGRAD_CACHE, 'mnist'));
    await writeFile(join(environment.TAPEGRAD_CACHE, 'mnist', 't10k-labels-idx1-ubyte'), 'half');
    const notices: string[] = [];
    const { origin, builtIn: drawn } = await load({ environment, onNotice: (sentence) => notices.push(sentence) });
    expect(drawn).toBe(true);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(
      /^The cached file .*t10k-labels-idx1-ubyte is broken and not used: the file begins with/,
    );
    expect(origin).toContain(notices[0]);
  });

  test('never passes over a folder that was named', async () => {
    const folder = await temporaryFolder();
    await expect(load({ dataDirectory: folder })).rejects.toMatchObject({
      code: 'MISSING_FILE',
      operation: `data folder: ${folder}`,
    });
    await expect(load({ environment: { TAPEGRAD_DATA: folder } })).rejects.toMatchObject({
      code: 'MISSING_FILE',
      operation: `TAPEGRAD_DATA: ${folder}`,
    });
  });

  test('ends with the reason of its signal', async () => {
    const signal = AbortSignal.abort(new Error('Ctrl-C'));
    await expect(load({ cacheDirectory: await temporaryFolder(), signal })).rejects.toThrow('Ctrl-C');
  });

  test('refuses an unsafe mirror', async () => {
    await expect(load({ mirrors: ['http://a.example/'] })).rejects.toMatchObject({ code: 'VALUE' });
  });
});

describe.skipIf(!real)('loadMnist with MNIST (skipped: set TAPEGRAD_DATA to the folder of the MNIST files)', () => {
  const startRealMirror = () =>
    startMirror(async (request, response) => {
      response.end(await readFile(join(real ?? '', request.url ?? '')).catch(() => 'not here'));
    });

  test('reads the named folder', async () => {
    const { train, origin, builtIn: drawn } = await load({ dataDirectory: real });
    expect(train.images.shape).toEqual([60_000, 1, 28, 28]);
    expect(origin).toBe(`MNIST from ${real}.`);
    expect(drawn).toBe(false);
  });

  test('downloads, keeps, reads what it has kept, and mends it', async () => {
    const cacheDirectory = await temporaryFolder();
    const mirror = await startRealMirror();
    const mirrors = ['http://127.0.0.1:9/', mirror];
    const first = await load({ cacheDirectory, mirrors, fetch: globalThis.fetch });
    expect(first.origin).toBe(`MNIST downloaded from ${mirror}.`);
    const kept = await readdir(join(cacheDirectory, 'mnist'));
    expect(kept.sort()).toEqual(
      Object.values(mnistFiles)
        .map(({ name }) => name)
        .sort(),
    );

    const second = await load({ cacheDirectory });
    expect(second.origin).toBe(`MNIST from ${join(cacheDirectory, 'mnist')}.`);
    expect(await sha256(second.test.images.data)).toBe(await sha256(first.test.images.data));

    const broken = join(cacheDirectory, 'mnist', 't10k-labels-idx1-ubyte');
    await writeFile(broken, 'half');
    const asked: string[] = [];
    const onProgress = ({ file }: { file: string }) => asked.push(file);
    const third = await load({ cacheDirectory, mirrors, fetch: globalThis.fetch, onProgress });
    expect(third.builtIn).toBe(false);
    expect(new Set(asked)).toEqual(new Set(['t10k-labels-idx1-ubyte']));
    expect((await readFile(broken)).length).toBe(mnistFiles.testLabels.bytes);
  });

  test('goes without a cache that cannot be written to, and says so', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, 'x');
    const notices: string[] = [];
    const onNotice = (sentence: string) => notices.push(sentence);
    const mirrors = [await startRealMirror()];
    const { builtIn: drawn } = await load({ cacheDirectory: file, mirrors, fetch: globalThis.fetch, onNotice });
    expect(drawn).toBe(false);
    expect(notices).toHaveLength(4);
    expect(notices[0]).toContain('The download could not be kept as');
  });
});
