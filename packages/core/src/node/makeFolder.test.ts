import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { makeFolder } from './makeFolder.ts';

test('makes all folders of a path, also where some or all are there', async () => {
  const path = join(await temporaryFolder(), 'a', 'b', 'c');
  for (let time = 0; time < 2; time++) await makeFolder(path);
  expect((await stat(path)).isDirectory()).toBe(true);
  await makeFolder(join(path, 'd/'));
  expect(await readdir(path)).toEqual(['d']);
});

test('of many that make the same one at once, all succeed', async () => {
  const root = await temporaryFolder();
  // Often, since who comes first is chance: between two looks of one, another may have made the folder above.
  for (let time = 0; time < 200; time++) {
    const path = join(root, `${time}`, 'b');
    await Promise.all(Array.from({ length: 8 }, () => makeFolder(path)));
    expect((await stat(path)).isDirectory()).toBe(true);
  }
});

test('a file in the way is an error', async () => {
  const path = join(await temporaryFolder(), 'file');
  await writeFile(path, '');
  await expect(makeFolder(path)).rejects.toThrow('EEXIST');
  await expect(makeFolder(join(path, 'below'))).rejects.toThrow('ENOTDIR');
});

test.skipIf(process.platform !== 'linux')('below a folder that has room for nothing, it ends', async () => {
  for (const path of ['/proc/nothing', '/proc/nothing/at/all'])
    await expect(makeFolder(path)).rejects.toThrow('ENOENT');
});
