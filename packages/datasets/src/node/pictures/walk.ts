import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { MissingFileError } from '../../errors.ts';
import type { PictureEntry } from '../../pictures/collection/classify.ts';
import { oddOne } from '../../pictures/collection/collect.ts';

/** No picture of few pixels is packed in more than this. */
const mostFileBytes = 2 ** 26;

/**
 * What lies in a folder and, one level deeper, in the folders in it. Links are followed as far as they stay inside.
 *
 * @throws MissingFileError when a folder cannot be read, or a link leaves it
 */
export async function walk(path: string): Promise<{ root: string; entries: readonly PictureEntry[] }> {
  const root = await realpath(path).catch((error: unknown) => {
    throw missing(path, `it cannot be read (${codeOf(error)})`, 'a folder with a folder for each class', error);
  });
  const entries: PictureEntry[] = [];
  for (const { name, isFolder } of await namesIn(root, root)) {
    entries.push({ path: name, isFolder });
    if (!isFolder) continue;
    for (const inner of await namesIn(join(root, name), root)) {
      const file = join(root, name, inner.name);
      entries.push({ path: `${name}/${inner.name}`, isFolder: inner.isFolder, read: () => readPictureFile(file) });
    }
  }
  return { root, entries };
}

/** The files and folders of a folder, links followed as far as they stay below `root`. */
async function namesIn(folder: string, root: string): Promise<{ name: string; isFolder: boolean }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw missing(folder, `it cannot be read (${codeOf(error)})`, 'a folder', error);
  });
  const found: { name: string; isFolder: boolean }[] = [];
  for (const entry of entries) {
    const { name } = entry;
    if (name.startsWith('.')) continue;
    if (!entry.isSymbolicLink()) {
      // Pipes and devices, of which reading might never end, are neither.
      if (entry.isDirectory() || entry.isFile()) found.push({ name, isFolder: entry.isDirectory() });
      continue;
    }
    const path = join(folder, name);
    const target = await realpath(path).catch(() => '');
    if (!target.startsWith(root + sep))
      throw missing(path, 'a link that leads out of the folder', 'links inside of it');
    const seen = await stat(target);
    if (seen.isDirectory() || seen.isFile()) found.push({ name, isFolder: seen.isDirectory() });
  }
  return found;
}

async function readPictureFile(file: string): Promise<Uint8Array> {
  const failed = (error: unknown) => {
    throw missing(file, `it cannot be read (${codeOf(error)})`, 'a picture', error);
  };
  const { size } = await stat(file).catch(failed);
  if (size > mostFileBytes) throw oddOne(file, `the file has ${size} bytes`, `at most ${mostFileBytes} bytes`);
  return readFile(file).catch(failed);
}

/** The error for what cannot be read. */
export function missing(path: string, got: string, wanted: string, cause?: unknown): MissingFileError {
  const remedy = 'Check the path and who may read it';
  return new MissingFileError({ operation: `imageFolder: ${path}`, got, wanted, remedy }, { cause });
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
