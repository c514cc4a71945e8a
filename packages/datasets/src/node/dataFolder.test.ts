import { mkdir, readdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { writeIdx } from '../../test/writeIdx.ts';
import { mnistFiles } from '../sources/mnistFiles.ts';
import { readDataFolder } from './dataFolder.ts';

const real = process.env.TAPEGRAD_DATA;
const files = Object.values(mnistFiles);

/** The message of the error with which a folder is refused, with the folder's own name taken out. */
async function refusal(folder: string): Promise<string> {
  const error: unknown = await readDataFolder(folder, 'TAPEGRAD_DATA').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  return `${(error as Error).name}: ${(error as Error).message.replaceAll('\\', '/').replaceAll(folder, '<folder>')}`;
}

describe('a data folder is refused', () => {
  test('that is not there', async () => {
    const folder = join(await temporaryFolder(), 'nowhere');
    expect(await refusal(folder)).toMatchInlineSnapshot(
      `"MissingFileError: TAPEGRAD_DATA: <folder>: nothing there; wanted the files of MNIST. Check the path and who may read it."`,
    );
  });

  test('that is a file', async () => {
    const folder = join(await temporaryFolder(), 'file');
    await writeFile(folder, 'x');
    expect(await refusal(folder)).toMatchInlineSnapshot(
      `"MissingFileError: TAPEGRAD_DATA: <folder>: a file; wanted a folder with the four files of MNIST. Name the folder that the file lies in."`,
    );
  });

  test('that is empty', async () => {
    expect(await refusal(await temporaryFolder())).toMatchInlineSnapshot(
      `"MissingFileError: TAPEGRAD_DATA: <folder>: train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte missing (there: none of them); wanted all four files of MNIST, gzipped or not. Add what is missing, or leave out TAPEGRAD_DATA to have MNIST downloaded."`,
    );
  });

  test('that lacks one of the four files', async () => {
    const folder = await temporaryFolder();
    for (const { name } of files.slice(1)) await writeFile(join(folder, `${name}.gz`), '');
    expect(await refusal(folder)).toMatchInlineSnapshot(
      `"MissingFileError: TAPEGRAD_DATA: <folder>: train-images-idx3-ubyte missing (there: train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte); wanted all four files of MNIST, gzipped or not. Add what is missing, or leave out TAPEGRAD_DATA to have MNIST downloaded."`,
    );
  });

  test('in which one file is a folder', async () => {
    const folder = await temporaryFolder();
    for (const { name } of files.slice(1)) await writeFile(join(folder, name), '');
    await mkdir(join(folder, files[0].name));
    expect(await refusal(folder)).toContain('train-images-idx3-ubyte missing');
  });

  test('with a file that cannot be read', async () => {
    const folder = await temporaryFolder();
    for (const { name } of files) await symlink(join(folder, 'gone'), join(folder, name));
    expect(await refusal(folder)).toMatchInlineSnapshot(
      `"MissingFileError: <folder>/train-images-idx3-ubyte: nothing there; wanted the files of MNIST. Check the path and who may read it."`,
    );
  });

  test('with a file that is cut short', async () => {
    const folder = await temporaryFolder();
    for (const { name } of files) await writeFile(join(folder, name), writeIdx(8, [60_000, 28, 28], [1, 2, 3]));
    expect(await refusal(folder)).toMatchInlineSnapshot(
      `"IdxError: <folder>/train-images-idx3-ubyte: the file is cut short: 19 bytes; wanted 47040016 bytes for unsigned byte elements of shape [60000, 28, 28]. Fetch the file again, or write it anew."`,
    );
  });

  test('with a file that is far too large, before it is read', async () => {
    const folder = await temporaryFolder();
    for (const { name } of files) await writeFile(join(folder, name), '');
    await truncate(join(folder, files[0].name), 2 ** 36);
    expect(await refusal(folder)).toMatchInlineSnapshot(
      `"IdxError: <folder>/train-images-idx3-ubyte: the file has 68719476736 bytes; wanted at most 47040016 bytes, as MNIST's train-images-idx3-ubyte has. Check that this is the file you meant."`,
    );
  });

  test('with the images of another dataset', async () => {
    const folder = await temporaryFolder();
    for (const { name } of files) await writeFile(join(folder, name), '');
    const { name, shape, bytes } = mnistFiles.trainImages;
    await writeFile(join(folder, name), writeIdx(8, shape, []));
    await truncate(join(folder, name), bytes);
    expect(await refusal(folder)).toMatchInlineSnapshot(
      `"ChecksumError: <folder>/train-images-idx3-ubyte: the content has the SHA-256 ba2048faa0242d852ccfba31d5efa227046ebcc173e3a4951fb9c906fb61ebdb; wanted ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db. Fetch the file again, or check that it belongs to this dataset."`,
    );
  });
});

describe.skipIf(!real)('a data folder is read (skipped: set TAPEGRAD_DATA to the folder of the MNIST files)', () => {
  test.each([
    ['in mnist below it', 'mnist', (name: string) => name],
    ["in torchvision's MNIST/raw below it", join('MNIST', 'raw'), (name: string) => name],
    ['under dotted names', '', (name: string) => name.replace('-idx', '.idx')],
  ])('%s', async (_, layout, rename) => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, layout), { recursive: true });
    for (const name of await readdir(real ?? '')) {
      await symlink(resolve(real ?? '', name), join(folder, layout, rename(name)));
    }
    const read = await readDataFolder(folder, 'TAPEGRAD_DATA');
    expect(read.folder).toBe(join(folder, layout));
    expect([...read.contents.keys()].sort()).toEqual(files.map(({ name }) => name).sort());
  });
});
