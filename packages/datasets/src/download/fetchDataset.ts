import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { arraySource } from '../archives/byteSource.ts';
import type { TrainTest } from '../dataset/dataset.ts';
import { checkSha256 } from '../formats/checksum.ts';
import type { PlatformCaches, PlatformFetch, PlatformSignal } from '../platform.ts';
import { archiveContents } from '../sources/archiveContents.ts';
import { type DatasetName, describeDataset } from '../sources/catalogue.ts';
import type { ArchiveFile, DatasetDescription } from '../sources/description.ts';
import { fileContent } from '../sources/fileContent.ts';
import { downloadFile, remedyFor } from './datasetFile.ts';
import { checkMirrors, type DownloadOptions, type DownloadProgress, defaultTimeouts, download } from './download.ts';
import { type KeptFiles, openKept } from './keptFiles.ts';
import type { DownloadTimeouts } from './receive.ts';
import { memorySink } from './sink.ts';

/** Where {@link fetchDataset} looks, and whom it tells. Everything has a default. */
export interface FetchDatasetOptions {
  /** The name of the cache, of the Cache API, in which downloads are kept; null for none. Default: `tapegrad-datasets`. */
  readonly cache?: string | null;
  /** Default: those of the dataset's description. They must allow the page to read them (CORS), or be the page's own. */
  readonly mirrors?: readonly string[];
  /** Default: `defaultTimeouts`, for those that are left out. */
  readonly timeouts?: Partial<DownloadTimeouts>;
  /** Told after every piece of a download. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Told, in a sentence, what is not as it should be but can be done without. */
  readonly onNotice?: (sentence: string) => void;
  /** Ends the download; `fetchDataset` then throws the signal's reason. */
  readonly signal?: PlatformSignal;
  /** Default: the platform's. */
  readonly fetch?: PlatformFetch;
  /** Default: the platform's; a page that did not come over https has none. */
  readonly caches?: PlatformCaches;
}

const fetchDatasetOptions: OptionNames<FetchDatasetOptions> = {
  cache: 'optional',
  mirrors: 'optional',
  timeouts: 'optional',
  onProgress: 'optional',
  onNotice: 'optional',
  signal: 'optional',
  fetch: 'optional',
  caches: 'optional',
};

/**
 * A dataset by its name, for a browser: through `fetch`, and kept with the Cache API where there is one. Lengths and
 * SHA-256 are checked whenever it is read, from the cache as well; what is broken there is fetched again.
 *
 * @param dataset one of `datasetNames`, or the description of a dataset of one's own
 * @example const { train, test } = await fetchDataset('fashion-mnist');
 * @throws DownloadError when no mirror could give one of its files
 * @throws GzipError, IdxError, ArchiveError, CifarError or ChecksumError when the publisher's files are not as they should be
 * @throws ValueError when there is no dataset of that name, or a mirror is not https
 */
export async function fetchDataset(
  dataset: DatasetName | DatasetDescription,
  options: FetchDatasetOptions = {},
  ...surplus: []
): Promise<TrainTest> {
  checkSurplus('fetchDataset', surplus);
  checkOptions('fetchDataset', options, fetchDatasetOptions);
  const description = describeDataset(dataset);
  const mirrors = checkMirrors(options.mirrors ?? description.mirrors, 'fetchDataset');
  const settings: DownloadOptions = {
    mirrors,
    timeouts: { ...defaultTimeouts, ...options.timeouts },
    // Bound, for a browser's fetch wants to be called on its window.
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    onProgress: options.onProgress,
    signal: options.signal,
  };
  const kept = await openKept(options.cache, options.caches ?? globalThis.caches, options.onNotice);
  const { archive, title } = description;
  const used = new Set<string>();
  const contents = archive
    ? await fetchArchive(description, archive, kept, settings, used)
    : await fetchFiles(description, kept, settings, used);
  const from = used.size === 0 ? 'from the cache of this browser' : `downloaded from ${[...used].join(' and ')}`;
  return { ...description.read(contents), origin: `${title} ${from}.`, builtIn: false };
}

async function fetchFiles(
  dataset: DatasetDescription,
  kept: KeptFiles,
  settings: DownloadOptions,
  used: Set<string>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>();
  // The smallest file first: it tells soonest whether there is a network.
  for (const file of [...dataset.files].sort((one, other) => one.bytes - other.bytes)) {
    const key = `${dataset.name}/${file.name}.gz`;
    let content = await kept.find(key, (bytes) => fileContent(file, bytes, { dataset }));
    if (!content) {
      const mirrors = [...used, ...settings.mirrors.filter((mirror) => !used.has(mirror))];
      const downloaded = await downloadFile(file, dataset, { ...settings, mirrors });
      used.add(downloaded.mirror);
      content = downloaded.content;
      await kept.keep(key, downloaded.bytes);
    }
    contents.set(file.name, content);
  }
  return contents;
}

async function fetchArchive(
  dataset: DatasetDescription,
  archive: ArchiveFile,
  kept: KeptFiles,
  settings: DownloadOptions,
  used: Set<string>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const check = async (bytes: Uint8Array): Promise<Uint8Array> => {
    await checkSha256(bytes, { name: archive.name, sha256: archive.sha256 });
    return bytes;
  };
  // One archive may hold several datasets.
  const key = `archives/${archive.sha256}/${archive.name}`;
  let bytes = await kept.find(key, check);
  if (!bytes) {
    const wanted = { ...archive, path: archive.name, limit: archive.bytes, remedy: remedyFor(dataset) };
    const { result, mirror } = await download(wanted, async () => memorySink(check), settings);
    used.add(mirror);
    bytes = result;
    await kept.keep(key, bytes);
  }
  return archiveContents(arraySource(bytes), dataset, archive);
}
