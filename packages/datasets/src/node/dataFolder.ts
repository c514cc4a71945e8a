import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingFileError } from '../errors.ts';
import type { DataFile, DatasetDescription } from '../sources/description.ts';
import { fileContent, numberInWords } from '../sources/fileContent.ts';
import { mnist } from '../sources/mnist.ts';
import { readArchive } from './keptArchive.ts';
import { readBounded, unreadable } from './readBounded.ts';

/**
 * The files of a dataset in a folder that the user has named: gzipped or not, under their names or with a dot
 * (`train-images.idx3-ubyte`), in the folder itself or below it where other programs put them; or the archive that holds
 * them all.
 *
 * @param folder the folder
 * @param namedBy how the user has named it, for the messages of errors: `TAPEGRAD_DATA`
 * @param dataset whose files they are. Default: MNIST
 * @returns the checked contents by the files' names, and the folder in which they were
 * @throws MissingFileError when the folder or one of the files is not there or cannot be read
 * @throws GzipError, IdxError, ArchiveError or ChecksumError when a file is not the dataset's
 */
export async function readDataFolder(
  folder: string,
  namedBy: string,
  dataset: DatasetDescription = mnist,
): Promise<{ contents: ReadonlyMap<string, Uint8Array>; folder: string }> {
  await checkFolder(folder, namedBy, dataset);
  const layouts = ['', ...dataset.layouts.map((layout) => join(...layout.split('/')))];
  const candidates = await Promise.all(layouts.map((layout) => findFiles(join(folder, layout), dataset.files)));
  const best = candidates.reduce((most, next) => (next.paths.size > most.paths.size ? next : most));
  const missing = dataset.files.filter((file) => !best.paths.has(file));
  if (missing.length > 0) {
    const packed = dataset.archive && candidates.find(({ present }) => present.has(dataset.archive?.name ?? ''));
    if (packed && dataset.archive) {
      const path = join(packed.folder, dataset.archive.name);
      return { contents: await readArchive(path, dataset, dataset.archive), folder: packed.folder };
    }
    const or = dataset.archive ? `, or ${dataset.archive.name}` : '';
    throw new MissingFileError({
      operation: `${namedBy}: ${best.folder}`,
      got: `${namesOf(missing)} missing (there: ${namesOf([...best.paths.keys()])})`,
      wanted: `all ${numberInWords(dataset.files.length)} files of ${dataset.title}, gzipped or not${or}`,
      remedy: `Add what is missing, or leave out ${namedBy} to have ${dataset.title} downloaded`,
    });
  }
  const contents = new Map<string, Uint8Array>();
  for (const [file, path] of best.paths) {
    const bytes = await readBounded(path, file, dataset);
    contents.set(file.name, await fileContent(file, bytes, { dataset, name: path, isTrusted: true }));
  }
  return { contents, folder: best.folder };
}

async function checkFolder(folder: string, namedBy: string, { title, files }: DatasetDescription): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    throw unreadable(`${namedBy}: ${folder}`, error, title);
  });
  if (found.isDirectory()) return;
  throw new MissingFileError({
    operation: `${namedBy}: ${folder}`,
    got: 'a file',
    wanted: `a folder with the ${numberInWords(files.length)} files of ${title}`,
    remedy: 'Name the folder that the file lies in',
  });
}

/** The files of a dataset that lie in a folder, with their paths. None when there is no such folder. */
async function findFiles(folder: string, files: readonly DataFile[]) {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
  // Some programs unpack each file into a folder of the file's name; what lies deeper is not looked for.
  const present = new Set(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name));
  const paths = new Map<DataFile, string>();
  for (const file of files) {
    const dotted = file.name.replace('-idx', '.idx');
    const [plain, packed] = [
      [file.name, dotted],
      [`${file.name}.gz`, `${dotted}.gz`],
    ];
    // The form whose checksum is known comes first.
    const names = file.gzip ? [...packed, ...plain] : [...plain, ...packed];
    const name = names.find((candidate) => present.has(candidate));
    if (name) paths.set(file, join(folder, name));
  }
  return { folder, present, paths };
}

function namesOf(list: readonly DataFile[]): string {
  return list.length === 0 ? 'none of them' : list.map(({ name }) => name).join(', ');
}
