import { join } from 'node:path';
import type { TrainTest } from '../dataset.ts';
import { type BuiltInDigitsOptions, builtInDigits } from '../digits.ts';
import { DownloadError } from '../errors.ts';
import { mnistFromContents } from '../mnist.ts';
import { type MnistFile, mnistFiles, mnistMirrors } from '../mnist-files.ts';
import { cacheFolder, type Environment } from './cache-folder.ts';
import { keepInCache, readCache } from './cached-files.ts';
import { readDataFolder } from './data-folder.ts';
import {
  checkMirrors,
  type DownloadOptions,
  type DownloadProgress,
  defaultTimeouts,
  downloadMnistFile,
} from './download.ts';
import { removeAbandoned } from './keep.ts';
import type { DownloadTimeouts } from './receive.ts';

/** Where {@link loadMnist} looks, and whom it tells. Everything has a default. */
export interface LoadMnistOptions {
  /** The folder in which the four files lie. Default: `TAPEGRAD_DATA`; neither: the cache, then the mirrors. */
  readonly dataDirectory?: string;
  /** The folder in which downloads are kept, in `mnist` below it. Default: see `cacheFolder`. */
  readonly cacheDirectory?: string;
  /** Whether the mirrors may be asked. Default: true. */
  readonly download?: boolean;
  /** Default: `mnistMirrors`. */
  readonly mirrors?: readonly string[];
  /** Default: `defaultTimeouts`, for those that are left out. */
  readonly timeouts?: Partial<DownloadTimeouts>;
  /** Told after every piece of a download. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Told, in a sentence, what is not as it should be but can be done without. */
  readonly onNotice?: (sentence: string) => void;
  /** How many digits are drawn where MNIST cannot be had. */
  readonly builtIn?: BuiltInDigitsOptions;
  /** Ends the download; `loadMnist` then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Default: `process.env`. */
  readonly environment?: Environment;
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch;
}

/** The smallest file first: it tells soonest whether there is a network. */
const files: readonly MnistFile[] = Object.values(mnistFiles).sort((one, other) => one.bytes - other.bytes);

/**
 * MNIST, from the first of these places: the folder `dataDirectory` or `TAPEGRAD_DATA`; the cache folder; the mirrors,
 * whose files are then kept in the cache; and where all this fails, digits that tapegrad draws itself. `origin` and
 * `builtIn` of the result say which it was.
 *
 * All files are checked by their SHA-256. A folder that the user has named is never passed over: what is wrong with it
 * is an error. A broken file in the cache is fetched again. Without a network, the digits come within 10 seconds.
 *
 * @throws MissingFileError, GzipError, IdxError or ChecksumError when the named folder does not hold MNIST
 * @throws ValueError when a mirror is not https
 */
export async function loadMnist(options: LoadMnistOptions = {}): Promise<TrainTest> {
  const { environment = process.env, onNotice, builtIn } = options;
  const mirrors = checkMirrors(options.mirrors ?? mnistMirrors);
  const named = options.dataDirectory
    ? { folder: options.dataDirectory, by: 'data folder' }
    : { folder: environment.TAPEGRAD_DATA, by: 'TAPEGRAD_DATA' };
  if (named.folder) {
    const { contents, folder } = await readDataFolder(named.folder, named.by);
    return { ...mnistFromContents(contents), origin: `MNIST from ${folder}.`, builtIn: false };
  }
  const cache = join(options.cacheDirectory || cacheFolder(environment), 'mnist');
  const { contents, broken } = await readCache(cache, files);
  for (const sentence of broken) onNotice?.(sentence);
  const fetched = await fetchMissing(contents, cache, mirrors, options);
  if (fetched.failure === undefined) {
    const from = fetched.mirrors.length === 0 ? `from ${cache}` : `downloaded from ${fetched.mirrors.join(' and ')}`;
    return { ...mnistFromContents(contents), origin: `MNIST ${from}.`, builtIn: false };
  }
  const digits = builtInDigits(builtIn);
  const why = [...broken, `MNIST could not be had: ${fetched.failure}.`].join(' ');
  const way =
    'For the real MNIST, run again with a network, or put its four files in a folder and name it in TAPEGRAD_DATA.';
  return { ...digits, origin: `${digits.origin} ${why} ${way}` };
}

/**
 * Downloads what is missing in `contents`, adds it there, and keeps it in the cache.
 *
 * @returns the mirrors that were used, or why it could not be done
 */
async function fetchMissing(
  contents: Record<string, Uint8Array>,
  cache: string,
  allMirrors: readonly string[],
  options: LoadMnistOptions,
): Promise<{ mirrors: readonly string[]; failure?: string }> {
  const missing = files.filter(({ name }) => !(name in contents));
  const used: string[] = [];
  if (missing.length === 0) return { mirrors: used };
  if (options.download === false) {
    return { mirrors: used, failure: `${missing.map(({ name }) => name).join(', ')} not in ${cache}, download is off` };
  }
  let mirrors = allMirrors;
  await removeAbandoned(cache);
  for (const file of missing) {
    const settings: DownloadOptions = {
      mirrors,
      timeouts: { ...defaultTimeouts, ...options.timeouts },
      fetch: options.fetch ?? globalThis.fetch,
      onProgress: options.onProgress,
      signal: options.signal,
    };
    try {
      const { content, mirror } = await downloadMnistFile(file, settings);
      contents[file.name] = content;
      if (!used.includes(mirror)) used.push(mirror);
      // What has worked is asked first for the next file.
      mirrors = [mirror, ...mirrors.filter((other) => other !== mirror)];
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      return { mirrors: used, failure: `${file.name}: ${error.got}` };
    }
    const problem = await keepInCache(cache, file, contents[file.name]);
    if (problem) options.onNotice?.(problem);
  }
  return { mirrors: used };
}
