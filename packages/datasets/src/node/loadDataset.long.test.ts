import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { serve } from '../../test/served.ts';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { tinyContents, tinyDataset } from '../../test/tinyDataset.ts';
import type { LoadDatasetOptions } from './findDataset.ts';
import { loadDataset } from './loadDataset.ts';

const kinds = ['gzip', 'zip', 'tar.gz'] as const;
const timeouts = { firstByte: 700, stall: 700, whole: 6000, decision: 1400 };
const trainImages = [...tinyContents['tiny-train-images-idx3-ubyte'].subarray(16)];

/** A small dataset of a kind, what a mirror of it serves, and what loads it. */
async function datasetIn(kind: (typeof kinds)[number]) {
  const { description, served } = await tinyDataset(kind);
  const load = async (options: LoadDatasetOptions) =>
    loadDataset(description, { environment: {}, timeouts, ...options });
  return { load, served };
}

describe.each(kinds)('loadDataset of a dataset in %s', async (kind) => {
  const { load, served } = await datasetIn(kind);

  test('downloads, keeps, reads what it has kept, and mends it', async () => {
    const cacheDirectory = await temporaryFolder();
    const { mirror, asked } = await serve(served);
    const first = await load({ cacheDirectory, mirrors: [mirror] });
    expect(first.origin).toBe(`Tiny downloaded from ${mirror}.`);
    expect([...first.train.images.data]).toEqual(trainImages);
    expect([first.train.labels.shape, first.test.images.shape, first.builtIn]).toEqual([[6], [3, 1, 4, 4], false]);
    expect(asked.sort()).toEqual(Object.keys(served).sort());
    const [folder] = await readdir(cacheDirectory);
    expect((await readdir(join(cacheDirectory, folder))).sort()).toEqual(Object.keys(served).sort());

    const second = await load({ cacheDirectory, download: false });
    expect(second.origin).toBe(`Tiny from ${join(cacheDirectory, folder)}.`);
    expect([...second.train.images.data]).toEqual(trainImages);

    const [broken] = Object.keys(served);
    await writeFile(
      join(cacheDirectory, folder, broken),
      (await readFile(join(cacheDirectory, folder, broken))).with(30, 1),
    );
    const notices: string[] = [];
    await load({ cacheDirectory, mirrors: [mirror], onNotice: (sentence) => notices.push(sentence) });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/^The cached file .* is broken and not used/);
    expect(Buffer.from(served[broken]).equals(await readFile(join(cacheDirectory, folder, broken)))).toBe(true);
  });

  test('asks again after a while when a mirror was busy', async () => {
    const busy = new Set(Object.keys(served));
    const { mirror, asked } = await serve(served, (request, response) => {
      if (!busy.delete((request.url ?? '').slice(1))) return false;
      response.writeHead(503).end();
      return true;
    });
    const { origin } = await load({ cacheDirectory: await temporaryFolder(), mirrors: [mirror] });
    expect(origin).toBe(`Tiny downloaded from ${mirror}.`);
    expect(asked).toHaveLength(2 * Object.keys(served).length);
  });

  test('follows a redirect to another mirror of this computer', async () => {
    const good = await serve(served);
    const { mirror } = await serve({}, (request, response) => {
      response.writeHead(307, { location: good.mirror + (request.url ?? '').slice(1) }).end();
      return true;
    });
    expect((await load({ cacheDirectory: await temporaryFolder(), mirrors: [mirror] })).train.labels.size).toBe(6);
  });

  test('goes without a cache that cannot be written to, and says so', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, 'x');
    const notices: string[] = [];
    const { mirror } = await serve(served);
    const { train } = await load({ cacheDirectory: file, mirrors: [mirror], onNotice: (each) => notices.push(each) });
    expect([...train.images.data]).toEqual(trainImages);
    expect(notices).toHaveLength(Object.keys(served).length);
    expect(notices[0]).toContain('The download could not be kept as');
  });

  test('reads a folder: as served, unpacked, below it, and tells what is missing', async () => {
    const folder = await temporaryFolder();
    for (const [name, bytes] of Object.entries(served)) await writeFile(join(folder, name), bytes);
    expect((await load({ dataDirectory: folder })).origin).toBe(`Tiny from ${folder}.`);
    const unpacked = await temporaryFolder();
    await mkdir(join(unpacked, 'Tiny', 'raw'), { recursive: true });
    for (const [name, bytes] of Object.entries(tinyContents))
      await writeFile(join(unpacked, 'Tiny', 'raw', name), bytes);
    expect([...(await load({ dataDirectory: unpacked })).train.images.data]).toEqual(trainImages);
    expect((await load({ environment: { TAPEGRAD_DATA: unpacked } })).origin).toContain('raw');
    await expect(load({ dataDirectory: await temporaryFolder() })).rejects.toThrow(
      'all four files of Tiny, gzipped or not',
    );
  });

  test('passes over a TAPEGRAD_DATA that was named for MNIST', async () => {
    const [environment, cacheDirectory] = [{ TAPEGRAD_DATA: await temporaryFolder() }, await temporaryFolder()];
    const { mirror } = await serve(served);
    expect((await load({ environment, cacheDirectory, mirrors: [mirror] })).origin).toContain(mirror);
  });

  test('ends with the reason of its signal, in the middle of a download and of a wait', async () => {
    const controller = new AbortController();
    const { mirror } = await serve(served, (_, response, file) =>
      response.write(file?.subarray(0, 20) ?? '', () => controller.abort(new Error('Ctrl-C'))),
    );
    const cacheDirectory = await temporaryFolder();
    await expect(load({ cacheDirectory, mirrors: [mirror], signal: controller.signal })).rejects.toThrow('Ctrl-C');
    const waiting = new AbortController();
    const { mirror: busy } = await serve(served, (_, response) => {
      setTimeout(() => waiting.abort(new Error('enough')), 50);
      return Boolean(response.writeHead(503).end());
    });
    await expect(load({ cacheDirectory, mirrors: [busy], signal: waiting.signal })).rejects.toThrow('enough');
  });
});

test.each<[string, Parameters<typeof serve>[1]]>([
  ['is slow to the point of silence', (_, response, file) => response.write(file?.subarray(0, 20) ?? '')],
  ['never answers', () => true],
  ['cuts the file short', (_, response, file) => Boolean(response.end(file?.subarray(0, -5)))],
  ['hangs up', (_, response, file) => response.write(file?.subarray(0, 20) ?? '', () => response.destroy())],
  ['has another content of the same length', (_, response, file) => Boolean(response.end(file?.slice().with(25, 1)))],
  ['has a web page for everything', (_, response) => Boolean(response.end('<html>Sign in</html>'))],
  ['answers 500', (_, response) => Boolean(response.writeHead(500).end())],
  ['answers 404', (_, response) => Boolean(response.writeHead(404).end())],
  ['redirects off https', (_, response) => Boolean(response.writeHead(302, { location: 'http://192.0.2.1/x' }).end())],
  ['redirects in a circle', (request, response) => Boolean(response.writeHead(302, { location: request.url }).end())],
  [
    'announces far too much',
    (_, response) => Boolean(response.writeHead(200, { 'content-length': 2 ** 40 }).write('x')),
  ],
  [
    'does not end',
    (_, response) => {
      const more = (): unknown => response.write(new Uint8Array(65_536), (error) => error || more());
      more();
      return true;
    },
  ],
])('goes on to the next mirror when one %s, and leaves nothing half-written', async (_, misbehave) => {
  // All kinds at once: most of the time is spent on waiting for an answer.
  await Promise.all(kinds.map((kind) => goesOn(kind, misbehave)));
});

async function goesOn(kind: (typeof kinds)[number], misbehave: Parameters<typeof serve>[1]): Promise<void> {
  const { load, served } = await datasetIn(kind);
  const cacheDirectory = await temporaryFolder();
  const [bad, good] = [await serve(served, misbehave), await serve(served)];
  const whole = await load({ cacheDirectory, mirrors: [bad.mirror, good.mirror] });
  expect([...whole.train.images.data]).toEqual(trainImages);
  expect(whole.origin).toBe(`Tiny downloaded from ${good.mirror}.`);
  const [folder] = await readdir(cacheDirectory);
  expect((await readdir(join(cacheDirectory, folder))).sort()).toEqual(Object.keys(served).sort());

  const other = await temporaryFolder();
  await expect(load({ cacheDirectory: other, mirrors: [bad.mirror] })).rejects.toMatchObject({ code: 'DOWNLOAD' });
  const left = await readdir(other, { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => entry.isFile())).toEqual([]);
}

test('two programs that download at once do not spoil each other', async () => {
  const cacheDirectory = await temporaryFolder();
  for (const kind of kinds) {
    const { description, served } = await tinyDataset(kind);
    // Slowly, so that they meet.
    const { mirror } = await serve(served, (_, response, file) => {
      if (!file) return false;
      response.write(file.subarray(0, 30));
      setTimeout(() => response.end(file.subarray(30)), 60);
      return true;
    });
    const door = pathToFileURL(join(import.meta.dirname, '../../dist'));
    const { read, ...plain } = description;
    expect(read).toBeTypeOf('function');
    const program = `
      import { loadDataset } from '${door}/node/index.js';
      import { idxHalves } from '${door}/index.js';
      const plain = ${JSON.stringify(plain)};
      const [trainImages, trainLabels, testImages, testLabels] = plain.files;
      const read = idxHalves({ trainImages, trainLabels, testImages, testLabels }, { title: plain.title, classes: plain.classes });
      const options = { cacheDirectory: ${JSON.stringify(cacheDirectory)}, mirrors: ['${mirror}'], environment: {} };
      const { train } = await loadDataset({ ...plain, read }, options);
      console.log(train.images.data.join());`;
    const runs = [1, 2, 3].map(() => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]));
    for (const { stdout } of await Promise.all(runs)) expect(stdout.trim()).toBe(trainImages.join());
    const [folder] = (await readdir(cacheDirectory)).slice(-1);
    expect(folder).toBeDefined();
  }
  const kept = (await readdir(cacheDirectory, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  expect(kept.map(({ name }) => name).filter((name) => name.endsWith('.partial'))).toEqual([]);
  expect(kept).toHaveLength(6);
});

describe('loadDataset', () => {
  test('says what it has looked for, and what to do', async () => {
    const options = { environment: {}, cacheDirectory: '/nowhere', download: false };
    await expect(loadDataset('cifar-10', options)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DownloadError: CIFAR-10: cifar-10-binary.tar.gz not in /nowhere/cifar-10, download is off; wanted its files in a folder, in the cache or at a mirror. Run again with a network, or put its files in a folder and name that as dataDirectory.]`,
    );
    await expect(loadDataset('kmnist', options)).rejects.toThrow('t10k-labels-idx1-ubyte, train-labels-idx1-ubyte');
  });

  test('refuses names that it does not know, and those that are no folder', async () => {
    const { description } = await tinyDataset('gzip');
    await expect(loadDataset({ ...description, name: '../evil' })).rejects.toThrow('a dataset called "../evil"');
    await expect(loadDataset('toString' as 'mnist')).rejects.toThrow('no dataset called "toString"');
    await expect(loadDataset(description, { mirrors: ['http://a.example/'], environment: {} })).rejects.toThrow(
      'loadDataset: the mirror http://a.example/',
    );
  });
});
