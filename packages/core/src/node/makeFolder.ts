import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those that it lies in, where they are not there. Node's own `recursive` never ends below a folder that
 * is there and has room for nothing, as `/proc` is.
 *
 * @example await makeFolder(`${tmpdir()}/tapegrad-example`);
 * @throws Error of the file system
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (await isFolder(path)) return;
    const parent = dirname(path);
    const isParentMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isParentMissing || parent === path) throw error;
    await makeFolder(parent);
    // Once more and not again: the folder above is there now, made here or by another program meanwhile.
    await mkdir(path).catch(async (again) => {
      if (!(await isFolder(path))) throw again;
    });
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
