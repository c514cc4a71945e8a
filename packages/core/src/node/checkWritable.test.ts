import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { checkWritable } from './checkWritable.ts';

test('makes the folder, leaves what is there, and nothing else', async () => {
  const folder = await temporaryFolder();
  await checkWritable(join(folder, 'deep', 'file'));
  expect(await readdir(join(folder, 'deep'))).toEqual([]);
  await writeFile(join(folder, 'file'), 'x');
  await checkWritable(join(folder, 'file'));
  expect((await readdir(folder)).sort()).toEqual(['deep', 'file']);
});

test('throws where no file can be', async () => {
  const folder = await temporaryFolder();
  await expect(checkWritable(folder)).rejects.toThrow('it is a folder');
  await writeFile(join(folder, 'file'), '');
  await expect(checkWritable(join(folder, 'file', 'below'))).rejects.toThrow();
});
