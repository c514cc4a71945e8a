import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { bytesOf, jpegs } from '../../test/jpegs.ts';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { readJpeg } from '../pictures/jpeg/readJpeg.ts';
import { imageFolder } from './imageFolder.ts';
import { trainTestFolder } from './trainTestFolder.ts';

const png = (value: number): Uint8Array =>
  encode({ width: 2, height: 1, channels: 1, data: Uint8Array.of(value, value + 1) });
const colour = jpegs.filter(({ channels, width }) => channels === 3 && width === 17);
const files = {
  'train/cat/1.png': png(1),
  'train/cat/2.png': png(3),
  'train/dog/1.png': png(5),
  'test/cat/1.png': png(7),
  'test/dog/1.png': png(9),
  'test/dog/._1.png': Uint8Array.of(1),
};
async function folderOf(content: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, bytes] of Object.entries(content)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  return folder;
}
async function archiveOf(
  kind: 'zip' | 'tar' | 'tar.gz',
  content: Readonly<Record<string, Uint8Array>>,
): Promise<string> {
  const folder = await folderOf(content);
  const path = join(await temporaryFolder(), `pictures.${kind}`);
  if (kind === 'zip') await writeFile(path, zipSync(content));
  else execFileSync('tar', [kind === 'tar' ? '-cf' : '-czf', path, '-C', folder, '.']);
  return path;
}

describe('trainTestFolder', () => {
  test.each(['folder', 'zip', 'tar', 'tar.gz'] as const)('reads both halves of a %s', async (kind) => {
    const path = kind === 'folder' ? await folderOf(files) : await archiveOf(kind, files);
    const { train, test: other, origin } = await trainTestFolder(path, { name: 'pets', cacheDirectory: null });
    expect([train.name, other.name, origin]).toEqual(['pets train', 'pets test', `pets from ${path}.`]);
    expect([train.classes, [...train.labels.data], [...train.images.data]]).toEqual([
      ['cat', 'dog'],
      [0, 0, 1],
      [1, 2, 3, 4, 5, 6],
    ]);
    expect([other.images.shape, [...other.images.data]]).toEqual([
      [2, 1, 1, 2],
      [7, 8, 9, 10],
    ]);
    const alone = await imageFolder(path, { within: 'test', cacheDirectory: null });
    expect([...alone.images.data]).toEqual([...other.images.data]);
  });

  test('gives both halves colour where one has it', async () => {
    const [picture] = colour;
    const path = await folderOf({ ...files, 'test/cat/1.png': bytesOf(picture) });
    const { train, test: other } = await trainTestFolder(path, { size: [1, 2], cacheDirectory: null });
    expect([train.images.shape[1], other.images.shape[1]]).toEqual([3, 3]);
    const grey = await trainTestFolder(path, { size: [1, 2], channels: 1, cacheDirectory: null });
    expect(grey.train.images.shape).toEqual([3, 1, 1, 2]);
  });

  test('refuses halves of other classes, and folders and archives that are not there', async () => {
    const { 'test/dog/1.png': dog, 'test/dog/._1.png': _, ...others } = files;
    const path = await folderOf({ ...others, 'test/horse/1.png': dog });
    await expect(trainTestFolder(path, { cacheDirectory: null })).rejects.toThrow(
      'the class dog in one of train and test alone',
    );
    await expect(trainTestFolder(path, { test: 'val' })).rejects.toThrow('it cannot be read (ENOENT)');
    await expect(trainTestFolder('nowhere.zip')).rejects.toThrow('nowhere.zip: it cannot be read (ENOENT)');
    const zip = await archiveOf('zip', files);
    await expect(imageFolder(zip, { within: 'val' })).rejects.toThrow(
      'no such folder in the archive (there: train, test)',
    );
  });

  test('names an archive that is cut off or damaged', async () => {
    const path = await archiveOf('tar.gz', files);
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length - 30));
    await expect(trainTestFolder(path)).rejects.toThrow('the archive cannot be unpacked');
    const tar = await archiveOf('tar', files);
    await writeFile(tar, (await readFile(tar)).subarray(0, 700));
    await expect(trainTestFolder(tar)).rejects.toThrow('the archive ends inside an entry');
  });
});

describe('a folder of JPEGs', () => {
  test('is read, beside PNGs, whatever their names say', async () => {
    const [one, other] = colour;
    const path = await folderOf({ 'a/1.jpg': bytesOf(one), 'a/2.JPEG': bytesOf(other), 'b/1.png': bytesOf(one) });
    const { images } = await imageFolder(path);
    expect(images.shape).toEqual([3, 3, 19, 17]);
    const { data } = await readJpeg(bytesOf(one), { name: 'x' });
    expect([images.get(0, 0, 4, 5), images.get(0, 1, 4, 5), images.get(2, 2, 4, 5)]).toEqual(
      [0, 1, 2].map((channel) => data[3 * (4 * 17 + 5) + channel]),
    );
  });

  test('is named where one is no picture', async () => {
    const path = await folderOf({ 'a/1.jpg': Uint8Array.of(1, 2, 3) });
    await expect(imageFolder(path)).rejects.toThrow('1.jpg: a file that begins neither as a PNG nor as a JPEG does');
  });
});
