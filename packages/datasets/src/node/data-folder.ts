import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { IdxError, MissingFileError } from '../errors.ts';
import { mnistContent } from '../mnist.ts';
import { type MnistFile, mnistFiles } from '../mnist-files.ts';

const files: readonly MnistFile[] = Object.values(mnistFiles);

/** Below a data folder, the folders in which other programs put the four files; the last one is torchvision's. */
const layouts = ['', 'mnist', join('MNIST', 'raw')];

/**
 * The four files of MNIST in a folder that the user has named: gzipped or not, under their names or with a dot
 * (`train-images.idx3-ubyte`), in the folder itself or in `mnist` or `MNIST/raw` below it.
 *
 * @param folder the folder
 * @param namedBy how the user has named it, for the messages of errors: `TAPEGRAD_DATA`
 * @returns the checked contents by the files' names, and the folder in which they were
 * @throws MissingFileError when the folder or one of the files is not there or cannot be read
 * @throws GzipError, IdxError or ChecksumError when a file is not MNIST's
 */
export async function readDataFolder(
  folder: string,
  namedBy: string,
): Promise<{ contents: Record<string, Uint8Array>; folder: string }> {
  await checkFolder(folder, namedBy);
  const candidates = await Promise.all(layouts.map((layout) => findFiles(join(folder, layout))));
  const best = candidates.reduce((most, next) => (next.paths.size > most.paths.size ? next : most));
  const missing = files.filter((file) => !best.paths.has(file));
  if (missing.length > 0) {
    throw new MissingFileError({
      operation: `${namedBy}: ${best.folder}`,
      got: `${namesOf(missing)} missing (there: ${namesOf([...best.paths.keys()])})`,
      wanted: 'all four files of MNIST, gzipped or not',
      remedy: `Add what is missing, or leave out ${namedBy} to have MNIST downloaded`,
    });
  }
  const contents: Record<string, Uint8Array> = {};
  for (const [file, path] of best.paths) {
    contents[file.name] = await mnistContent(file, await readBounded(path, file), path);
  }
  return { contents, folder: best.folder };
}

/**
 * The bytes of a file that is to hold one of MNIST's, whole.
 *
 * @throws IdxError before a file is read that is far too large to be it
 * @throws MissingFileError when the file cannot be read
 */
export async function readBounded(path: string, file: MnistFile): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size <= file.bytes + 2 ** 16) return await readFile(path);
    throw new IdxError({
      operation: path,
      got: `the file has ${size} bytes`,
      wanted: `at most ${file.bytes} bytes, as MNIST's ${file.name} has`,
      remedy: 'Check that this is the file you meant',
    });
  } catch (error) {
    if (error instanceof IdxError) throw error;
    throw unreadable(path, error);
  }
}

async function checkFolder(folder: string, namedBy: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    throw unreadable(`${namedBy}: ${folder}`, error);
  });
  if (found.isDirectory()) return;
  throw new MissingFileError({
    operation: `${namedBy}: ${folder}`,
    got: 'a file',
    wanted: 'a folder with the four files of MNIST',
    remedy: 'Name the folder that the file lies in',
  });
}

/** The files of MNIST that lie in a folder, with their paths. None when there is no such folder. */
async function findFiles(folder: string): Promise<{ folder: string; paths: ReadonlyMap<MnistFile, string> }> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
  // Some programs unpack each file into a folder of the file's name; what lies deeper is not looked for.
  const present = new Set(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name));
  const paths = new Map<MnistFile, string>();
  for (const file of files) {
    const dotted = file.name.replace('-idx', '.idx');
    const name = [file.name, dotted, `${file.name}.gz`, `${dotted}.gz`].find((candidate) => present.has(candidate));
    if (name) paths.set(file, join(folder, name));
  }
  return { folder, paths };
}

function unreadable(operation: string, error: unknown): MissingFileError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new MissingFileError(
    {
      operation,
      got: code === 'ENOENT' ? 'nothing there' : `it cannot be read (${code})`,
      wanted: 'the files of MNIST',
      remedy: 'Check the path and who may read it',
    },
    { cause: error },
  );
}

function namesOf(list: readonly MnistFile[]): string {
  return list.length === 0 ? 'none of them' : list.map(({ name }) => name).join(', ');
}
