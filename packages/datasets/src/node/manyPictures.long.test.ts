import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { bytesOf, jpegs } from '../../test/jpegs.ts';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { readJpeg } from '../pictures/jpeg/readJpeg.ts';
import { imageFolder } from './imageFolder.ts';
import { decodeFiles } from './pictures/decodePool.ts';
import { trainTestFolder } from './trainTestFolder.ts';

const png = (value: number): Uint8Array =>
  encode({ width: 2, height: 1, channels: 1, data: Uint8Array.of(value, value + 1) });
const colour = jpegs.filter(({ channels, width }) => channels === 3 && width === 17);
async function folderOf(content: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, bytes] of Object.entries(content)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  return folder;
}

describe('many pictures', () => {
  const many = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [`a/${String(at).padStart(4, '0')}.png`, png(at % 200)]),
  );

  test('are kept, and read from there until one changes', async () => {
    const path = await folderOf(many);
    const cacheDirectory = await temporaryFolder();
    const first = await imageFolder(path, { cacheDirectory });
    const kept = await readdir(join(cacheDirectory, 'pictures'));
    expect(kept).toHaveLength(1);
    const again = await imageFolder(path, { cacheDirectory, name: 'again' });
    expect([again.name, again.classes, again.labels.data, again.images.shape]).toEqual([
      'again',
      first.classes,
      first.labels.data,
      first.images.shape,
    ]);
    expect(again.images.data).toEqual(first.images.data);
    // A picture under the same name, and the same picture at another time, are read anew.
    await writeFile(join(path, 'a/0000.png'), png(77));
    await utimes(join(path, 'a/0000.png'), new Date(), new Date(1e12));
    expect((await imageFolder(path, { cacheDirectory })).images.data[0]).toBe(77);
    expect(await readdir(join(cacheDirectory, 'pictures'))).toHaveLength(2);
    // Other options are other pictures.
    expect((await imageFolder(path, { cacheDirectory, size: 4 })).images.shape).toEqual([1000, 1, 4, 4]);
  });

  test('that are kept broken are read anew', async () => {
    const path = await folderOf(many);
    const cacheDirectory = await temporaryFolder();
    const { images } = await imageFolder(path, { cacheDirectory });
    const [name] = await readdir(join(cacheDirectory, 'pictures'));
    const kept = join(cacheDirectory, 'pictures', name);
    const bytes = await readFile(kept);
    for (const broken of [bytes.with(bytes.length - 1, 1), bytes.subarray(0, 100), new Uint8Array(0)]) {
      await writeFile(kept, broken);
      expect((await imageFolder(path, { cacheDirectory })).images.data).toEqual(images.data);
    }
    expect(Buffer.compare(await readFile(kept), bytes)).toBe(0);
  });

  test('are decoded in threads to the same pictures, and named where one is damaged', async () => {
    const worker = pathToFileURL(join(import.meta.dirname, '../../dist/node/decodeWorker.js'));
    const form = { size: undefined, fit: 'stretch', background: 0, mostPixels: 100_000 } as const;
    const list = Array.from({ length: 600 }, (_, at) => ({
      name: `${at}.jpg`,
      label: 0,
      read: () => bytesOf(colour[at % colour.length]),
    }));
    const check = (): void => {};
    const decode = (threads: number, given = list) => decodeFiles(given, { form, threads, check, worker });
    const [alone, together] = [await decode(1), await decode(3)];
    expect(together).toEqual(alone);
    expect(alone[7].data).toEqual((await readJpeg(bytesOf(colour[7 % colour.length]), { name: 'x' })).data);
    const damaged = list.with(555, { ...list[555], read: () => bytesOf(colour[0]).subarray(0, 200) });
    await expect(decode(2, damaged)).rejects.toThrow('555.jpg');
  });
});

/** CIFAR-10 as JPEG pictures in an archive, where it is at hand. */
const pictures = process.env.TAPEGRAD_PICTURES ?? '';
if (pictures === '')
  console.log('CIFAR-10 as pictures is skipped: TAPEGRAD_PICTURES names no folder with cifar-10-jpeg.tar.gz.');

describe.skipIf(pictures === '')('CIFAR-10 as JPEG pictures in an archive', () => {
  test('loads, the second time from the cache; how long both take is told', async () => {
    const cacheDirectory = await temporaryFolder();
    const load = async () => {
      const started = performance.now();
      const data = await trainTestFolder(join(pictures, 'cifar-10-jpeg.tar.gz'), { name: 'CIFAR-10', cacheDirectory });
      return { ...data, seconds: (performance.now() - started) / 1000 };
    };
    const [first, second] = [await load(), await load()];
    console.log(`CIFAR-10 as pictures: ${first.seconds.toFixed(1)} s, from the cache ${second.seconds.toFixed(1)} s`);
    expect(first.train.images.shape).toEqual([50_000, 3, 32, 32]);
    expect(first.test.images.shape).toEqual([10_000, 3, 32, 32]);
    expect(first.train.classes.join(' ')).toBe('airplane automobile bird cat deer dog frog horse ship truck');
    expect(Buffer.compare(first.train.images.data, second.train.images.data)).toBe(0);
    expect(Buffer.compare(first.test.labels.data, second.test.labels.data)).toBe(0);
    expect(second.origin).toContain('decoded before');
  }, 120_000);
});
