import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { OptionNames } from '@tapegrad/core/authors';
import { removeAbandoned } from '@tapegrad/core/node';
import { downloadFile } from '../download/datasetFile.ts';
import { checkMirrors, type DownloadOptions, type DownloadProgress, defaultTimeouts } from '../download/download.ts';
import type { DownloadTimeouts } from '../download/receive.ts';
import { DownloadError } from '../errors.ts';
import type { PlatformFetch, PlatformSignal } from '../platform.ts';
import type { DatasetDescription, Halves } from '../sources/description.ts';
import { keepInCache, readCache } from './cachedFiles.ts';
import { cacheFolder, type Environment } from './cacheFolder.ts';
import { readDataFolder } from './dataFolder.ts';
import { downloadArchive } from './keptArchive.ts';

/** Where a dataset is looked for, and who is told. Everything has a default. */
export interface LoadDatasetOptions {
  /** The folder in which the files lie. Default: what `TAPEGRAD_DATA` names; neither: the cache, then the mirrors. */
  readonly dataDirectory?: string;
  /** The folder in which downloads are kept, in one of the dataset's name below it. Default: see `cacheFolder`. */
  readonly cacheDirectory?: string;
  /** Whether the mirrors may be asked. Default: true. */
  readonly download?: boolean;
  /** Default: those of the dataset's description. */
  readonly mirrors?: readonly string[];
  /** Default: `defaultTimeouts`, for those that are left out; an archive of many bytes has longer to come whole. */
  readonly timeouts?: Partial<DownloadTimeouts>;
  /** Told after every piece of a download. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Told, in a sentence, what is not as it should be but can be done without. */
  readonly onNotice?: (sentence: string) => void;
  /** Ends the download with the signal's reason. */
  readonly signal?: PlatformSignal;
  /** Default: `process.env`. */
  readonly environment?: Environment;
  /** Default: the platform's. */
  readonly fetch?: PlatformFetch;
}

export const loadDatasetOptions: OptionNames<LoadDatasetOptions> = {
  dataDirectory: 'optional',
  cacheDirectory: 'optional',
  download: 'optional flag',
  mirrors: 'optional',
  timeouts: 'optional',
  onProgress: 'optional',
  onNotice: 'optional',
  signal: 'optional',
  environment: 'optional',
  fetch: 'optional',
};

/** The dataset and where it was found, or why it was not. */
export type Found =
  | (Halves & { readonly origin: string })
  | { readonly failure: string; readonly broken: readonly string[] };

/** No connection of today is slower, in bytes a second. */
const slowest = 100_000;

/**
 * A dataset from the folder that the user has named, the cache, or the mirrors, in this order.
 *
 * @throws MissingFileError, GzipError, IdxError, ArchiveError or ChecksumError when the named folder does not hold it
 * @throws ValueError when a mirror is not https
 */
export async function findDataset(
  dataset: DatasetDescription,
  options: LoadDatasetOptions,
  operation: string,
): Promise<Found> {
  const { environment = process.env, onNotice } = options;
  const mirrors = checkMirrors(options.mirrors ?? dataset.mirrors, operation);
  const named = await namedFolder(dataset, options.dataDirectory, environment);
  if (named) {
    const { contents, folder } = await readDataFolder(named.folder, named.by, dataset);
    return { ...dataset.read(contents), origin: `${dataset.title} from ${folder}.` };
  }
  // All cuts of one archive share its path.
  const cache = join(options.cacheDirectory || cacheFolder(environment), cacheName(dataset));
  const { contents, broken } = await readCache(cache, dataset);
  for (const sentence of broken) onNotice?.(sentence);
  const fetched = await fetchMissing(contents, cache, mirrors, dataset, options);
  if (fetched.failure !== undefined) return { failure: fetched.failure, broken };
  const from = fetched.mirrors.length === 0 ? `from ${cache}` : `downloaded from ${fetched.mirrors.join(' and ')}`;
  return { ...dataset.read(contents), origin: `${dataset.title} ${from}.` };
}

/** The name of the folder in the cache: that of the archive's first words where one archive has several datasets. */
function cacheName({ name, archive }: DatasetDescription): string {
  return archive?.format === 'zip' ? name.split('-')[0] : name;
}

/**
 * The folder that the user has named. `TAPEGRAD_DATA` was named for MNIST; for another dataset it counts where it has one
 * of the folders in which that is usually found.
 */
async function namedFolder(
  { name, layouts }: DatasetDescription,
  dataDirectory: string | undefined,
  environment: Environment,
): Promise<{ folder: string; by: string } | undefined> {
  if (dataDirectory) return { folder: dataDirectory, by: 'data folder' };
  const folder = environment.TAPEGRAD_DATA;
  if (!folder) return undefined;
  if (name === 'mnist') return { folder, by: 'TAPEGRAD_DATA' };
  for (const layout of layouts) {
    const below = join(folder, ...layout.split('/'));
    const isThere = await stat(below).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (isThere) return { folder: below, by: 'TAPEGRAD_DATA' };
  }
  return undefined;
}

/**
 * Downloads what is missing in `contents`, adds it there, and keeps it in the cache.
 *
 * @returns the mirrors that were used, or why it could not be done
 */
async function fetchMissing(
  contents: Map<string, Uint8Array>,
  cache: string,
  mirrors: readonly string[],
  dataset: DatasetDescription,
  options: LoadDatasetOptions,
): Promise<{ mirrors: readonly string[]; failure?: string }> {
  const { archive } = dataset;
  // The smallest file first: it tells soonest whether there is a network.
  const missing = dataset.files.filter(({ name }) => !contents.has(name)).sort((one, other) => one.bytes - other.bytes);
  const used: string[] = [];
  if (missing.length === 0) return { mirrors: used };
  if (options.download === false) {
    const names = archive ? archive.name : missing.map(({ name }) => name).join(', ');
    return { mirrors: used, failure: `${names} not in ${cache}, download is off` };
  }
  const tell = (sentence: string): void => options.onNotice?.(sentence);
  const whole = defaultTimeouts.whole + ((archive?.bytes ?? 0) / slowest) * 1000;
  const settings: DownloadOptions = {
    mirrors,
    timeouts: { ...defaultTimeouts, whole, ...options.timeouts },
    fetch: options.fetch ?? globalThis.fetch,
    onProgress: options.onProgress,
    signal: options.signal,
  };
  await removeAbandoned(cache);
  try {
    if (archive) {
      const { contents: all, mirror } = await downloadArchive(
        join(cache, archive.name),
        dataset,
        archive,
        settings,
        tell,
      );
      for (const [name, content] of all) contents.set(name, content);
      return { mirrors: [mirror] };
    }
    for (const file of missing) {
      // What has worked is asked first for the next file.
      const order = [...used, ...mirrors.filter((other) => !used.includes(other))];
      const downloaded = await downloadFile(file, dataset, { ...settings, mirrors: order });
      contents.set(file.name, downloaded.content);
      if (!used.includes(downloaded.mirror)) used.push(downloaded.mirror);
      const problem = await keepInCache(cache, file, downloaded);
      if (problem) tell(problem);
    }
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    return { mirrors: used, failure: `${error.operation}: ${error.got}` };
  }
  return { mirrors: used };
}
