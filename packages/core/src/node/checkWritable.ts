import { open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from './makeFolder.ts';
import { unfinishedName } from './writeWhole.ts';

/**
 * Finds out whether a file could be written there, before a long run that ends with it: makes the folder when it is not
 * there, and leaves nothing else. There may be no room any more when the time has come.
 *
 * @example await checkWritable(`${tmpdir()}/model.safetensors`); // throws where it cannot be written
 * @throws Error of the file system
 */
export async function checkWritable(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new Error('it is a folder');
  await makeFolder(dirname(path));
  const trial = unfinishedName(path);
  const file = await open(trial, 'wx');
  try {
    await file.close();
  } finally {
    await rm(trial, { force: true });
  }
}
