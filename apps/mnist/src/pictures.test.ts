import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/temporaryFolder.ts';
import { picturesIn } from './pictures.ts';

test('pictures are in an archive, a folder with train, or the only archive of a folder', async () => {
  const folder = await temporaryFolder();
  const file = async (...names: string[]): Promise<string> => {
    const path = join(folder, ...names);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, '');
    return path;
  };
  const archive = await file('one', 'pictures.tar.gz');
  await file('one', 'README');
  await file('two', 'a.zip');
  await file('two', 'b.zip');
  await file('split', 'train', 'cat', '1.png');
  await file('published', 'cifar-10-binary.tar.gz');
  const found = (...names: string[]) => picturesIn(join(folder, ...names));
  expect(await picturesIn(archive)).toBe(archive);
  expect(await found('one')).toBe(archive);
  expect(await found('split')).toBe(join(folder, 'split'));
  for (const name of ['two', 'published', 'nowhere', 'one/README']) expect(await found(name)).toBeUndefined();
  expect(await picturesIn(undefined)).toBeUndefined();
  expect(await picturesIn('')).toBeUndefined();
});
