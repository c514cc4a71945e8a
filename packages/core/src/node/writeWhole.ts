import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from './makeFolder.ts';

/** How the name of a file ends that is still being written. */
export const unfinished = '.partial';

/** The name that {@link unfinishedName} gives: the process and an identifier stand before the ending. */
const ofOurs = /^(.+)\.\d+-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.partial$/;

/**
 * Where a file is written before it is renamed to `path`: beside it, under a name that nobody else has.
 *
 * @example unfinishedName('model.bin').startsWith('model.bin') // true
 */
export function unfinishedName(path: string): string {
  return `${path}.${process.pid}-${randomUUID()}${unfinished}`;
}

/** After this many milliseconds, an unfinished file belongs to a program that was stopped. */
const abandonedAfter = 60 * 60 * 1000;

/**
 * Writes a file so that it is there whole or not at all, whatever happens meanwhile: under a temporary name of its own
 * beside the file of that name, on to the disk, and then renamed. Makes the folder when it is not there.
 *
 * Two programs that write the same file do not disturb each other: the later one replaces the earlier one's.
 *
 * @example await writeWhole(`${tmpdir()}/tapegrad-example.txt`, 'all of it or nothing');
 * @throws Error of the file system, such as ENOSPC on a full disk; the temporary file is gone by then
 */
export async function writeWhole(path: string, contents: Uint8Array | string): Promise<void> {
  await makeFolder(dirname(path));
  const temporary = unfinishedName(path);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(contents);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Brings the new name on to the disk as well, where the platform lets a folder be opened; Windows does not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Which unfinished files are removed. */
export interface AbandonedOptions {
  /** In milliseconds; default one hour, for what is younger may still be written. */
  readonly olderThan?: number;
  /** Whether a file is one's own, by the name that it was to have. Default: every file is. */
  readonly isOwn?: (name: string) => boolean;
}

/**
 * Removes what programs have left in a folder that were killed while they wrote: files with the names that
 * {@link writeWhole} gives them, and no others that happen to end in `.partial`. What cannot be removed stays.
 *
 * @example await removeAbandoned(tmpdir(), { isOwn: (name) => name.startsWith('model.safetensors') });
 */
export async function removeAbandoned(
  folder: string,
  { olderThan = abandonedAfter, isOwn = () => true }: AbandonedOptions = {},
): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const meant = ofOurs.exec(name)?.[1];
    if (meant === undefined || !isOwn(meant)) continue;
    const path = join(folder, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age >= olderThan) await rm(path, { force: true }).catch(() => undefined);
  }
}
