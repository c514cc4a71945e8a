import { join } from 'node:path';
import type { OptionNames } from '@tapegrad/core/authors';
import type { ImageDataset } from '../../dataset/dataset.ts';
import { type ClassifiedPictures, classify, type PictureEntry } from '../../pictures/collection/classify.ts';
import { datasetOf, pictureCheck, skippedMessage, warnSkipped } from '../../pictures/collection/collect.ts';
import { type PictureOptions, pictureForm } from '../../pictures/form.ts';
import { cacheFolder } from '../cacheFolder.ts';
import { archiveEntries, isArchive } from './archive.ts';
import { checkThreads, decodeFiles, defaultThreads } from './decodePool.ts';
import { fileDigest, filesDigest, keepPictures, keptPath, readKept } from './kept.ts';
import { missing, walk } from './walk.ts';

/** How a folder or an archive of pictures is read. */
export interface ReadPicturesOptions extends PictureOptions {
  /** The folder inside of it in which the folders of the classes lie: `train`, or `data/train`. Default: itself. */
  readonly within?: string;
  /** How many threads decode. Default: as many as there are cores, but no more than 8. */
  readonly threads?: number;
  /** Where decoded pictures are kept, from 1,000 on, for the next time; null for nowhere. Default: see `cacheFolder`. */
  readonly cacheDirectory?: string | null;
  /** Told, in a sentence, what is not as it should be but can be done without. */
  readonly onNotice?: (sentence: string) => void;
}

export const readPicturesOptions: OptionNames<ReadPicturesOptions> = {
  name: 'optional',
  size: 'optional',
  fit: 'optional',
  channels: 'optional',
  background: 'optional',
  mostPixels: 'optional',
  mostNumbers: 'optional',
  within: 'optional',
  threads: 'optional',
  cacheDirectory: 'optional',
  onNotice: 'optional',
};

/** Fewer are read as soon as they are looked for. */
const fewestKept = 1000;

/** One dataset of a folder of pictures. */
export interface Part {
  readonly name: string;
  /** The folder below that of the whole, or the empty text. */
  readonly folder: string;
}

/** The parts of a folder or an archive of pictures, and whether all came out of the cache. */
export async function readParts(
  operation: string,
  path: string,
  parts: readonly Part[],
  options: ReadPicturesOptions,
): Promise<{ datasets: readonly ImageDataset[]; isKept: boolean }> {
  const { channels, mostNumbers = 2 ** 30, within = '', threads = defaultThreads(), onNotice } = options;
  const form = pictureForm(operation, options);
  checkThreads(operation, threads);
  const cache = options.cacheDirectory === null ? undefined : options.cacheDirectory || cacheFolder();
  const folders = parts.map(({ folder }) => [within, folder].filter((step) => step !== '').join('/'));
  const isPacked = isArchive(path);
  const settings = { form, channels, mostNumbers, folders };

  const packedIdentity = isPacked && cache ? { ...settings, path, digest: await digestOf(path) } : undefined;
  if (packedIdentity) {
    const kept = await keptParts(cache ?? '', packedIdentity, parts);
    if (kept) return { datasets: kept, isKept: true };
  }
  const sorted = await sortedParts(operation, path, folders);
  const count = sorted.reduce((sum, { files }) => sum + files.length, 0);
  const isLarge = cache !== undefined && count >= fewestKept;
  const identity =
    packedIdentity ??
    (isLarge && !isPacked
      ? { ...settings, path, digests: await Promise.all(sorted.map(({ files }) => filesDigest(files))) }
      : undefined);
  if (isLarge && identity && !isPacked) {
    const kept = await keptParts(cache, identity, parts);
    if (kept) return { datasets: kept, isKept: true };
  }

  const files = sorted.flatMap((part) => part.files);
  const pictures = await decodeFiles(files, { form, threads, check: pictureCheck(mostNumbers) });
  const colours = channels ?? (pictures.every((picture) => picture.channels === 1) ? 1 : 3);
  const datasets: ImageDataset[] = [];
  let before = 0;
  for (const [index, part] of sorted.entries()) {
    const own = pictures.slice(before, before + part.files.length);
    before += own.length;
    const images = datasetOf(part, own, { name: parts[index].name, channels: colours });
    const warning = skippedMessage(part);
    warnSkipped(operation, path, warning);
    datasets.push(images);
    if (!isLarge || !identity) continue;
    const kept = keptPath(cache, { ...identity, index });
    await keepPictures(kept, { images, warning }).catch((error: unknown) => {
      onNotice?.(`The pictures could not be kept as ${kept}: ${error instanceof Error ? error.message : error}.`);
    });
  }
  return { datasets, isKept: false };

  async function keptParts(folder: string, by: object, wanted: readonly Part[]): Promise<ImageDataset[] | undefined> {
    const found: ImageDataset[] = [];
    const warnings: string[] = [];
    for (const [index, { name }] of wanted.entries()) {
      const kept = await readKept(keptPath(folder, { ...by, index }), name);
      if (!kept) return undefined;
      found.push(kept.images);
      warnings.push(kept.warning);
    }
    for (const warning of warnings) warnSkipped(operation, path, warning);
    return found;
  }
}

async function digestOf(path: string): Promise<string> {
  return fileDigest(path).catch((error: unknown) => {
    throw missing(
      path,
      `it cannot be read (${error instanceof Error && 'code' in error ? error.code : error})`,
      'an archive of pictures',
      error,
    );
  });
}

async function sortedParts(operation: string, path: string, folders: readonly string[]): Promise<ClassifiedPictures[]> {
  const sorted: ClassifiedPictures[] = [];
  const packed = isArchive(path) ? await archiveEntries(path) : undefined;
  for (const folder of folders) {
    if (packed) {
      const root = folder === '' ? path : `${path}/${folder}`;
      sorted.push(classify(operation, root, below(packed, folder, path)));
    } else {
      const { root, entries } = await walk(join(path, ...folder.split('/')));
      sorted.push(classify(operation, root, entries));
    }
  }
  return sorted;
}

/** What lies in a folder of an archive. */
function below(entries: readonly PictureEntry[], folder: string, archive: string): readonly PictureEntry[] {
  if (folder === '') return entries;
  const prefix = `${folder}/`;
  const found = entries
    .filter(({ path }) => path.startsWith(prefix))
    .map((entry) => ({ ...entry, path: entry.path.slice(prefix.length) }));
  if (found.length > 0) return found;
  const there = [...new Set(entries.map(({ path }) => path.split('/')[0]))].slice(0, 10).join(', ');
  throw missing(
    `${archive}/${folder}`,
    `no such folder in the archive (there: ${there})`,
    'a folder with the folders of the classes',
  );
}
