import { readFile, stat } from 'node:fs/promises';
import { IdxError, MissingFileError } from '../errors.ts';
import type { DataFile, DatasetDescription } from '../sources/description.ts';

/**
 * The bytes of a file that is to hold one of a dataset's, whole.
 *
 * @throws IdxError before a file is read that is far too large to be it
 * @throws MissingFileError when the file cannot be read, or is no file
 */
export async function readBounded(
  path: string,
  file: DataFile,
  { title }: Pick<DatasetDescription, 'title'>,
): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    // Of a pipe or a device, reading might never end.
    if (!found.isFile()) throw Object.assign(new Error('no file'), { code: 'no usual file' });
    if (found.size <= file.bytes + 2 ** 16) return await readFile(path);
    throw new IdxError({
      operation: path,
      got: `the file has ${found.size} bytes`,
      wanted: `at most ${file.bytes} bytes, as ${title}'s ${file.name} has`,
      remedy: 'Check that this is the file you meant',
    });
  } catch (error) {
    if (error instanceof IdxError) throw error;
    throw unreadable(path, error, title);
  }
}

/** The error for something on the disk that cannot be read. */
export function unreadable(operation: string, error: unknown, title: string): MissingFileError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new MissingFileError(
    {
      operation,
      got: code === 'ENOENT' ? 'nothing there' : `it cannot be read (${code})`,
      wanted: `the files of ${title}`,
      remedy: 'Check the path and who may read it',
    },
    { cause: error },
  );
}
