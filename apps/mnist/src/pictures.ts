import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const isArchive = (name: string): boolean => /\.(tar|tar\.gz|tgz|zip)$/i.test(name);

/**
 * The folder or archive of pictures that a path leads to: an archive, a folder that has a folder `train`, or one that holds a
 * single archive. `undefined` where there is neither, as in a folder with the files of a published dataset.
 */
export async function picturesIn(path: string | undefined): Promise<string | undefined> {
  if (path === undefined || path === '') return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return isArchive(path) ? path : undefined;
  const names = found?.isDirectory() ? await readdir(path) : [];
  if (names.includes('train')) return path;
  const archives = names.filter(isArchive);
  // The publisher's own archive holds no pictures.
  return archives.length === 1 && !archives[0].endsWith('-binary.tar.gz') ? join(path, archives[0]) : undefined;
}
