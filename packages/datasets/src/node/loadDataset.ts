import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import type { TrainTest } from '../dataset/dataset.ts';
import { DownloadError } from '../errors.ts';
import { type DatasetName, describeDataset } from '../sources/catalogue.ts';
import type { DatasetDescription } from '../sources/description.ts';
import { findDataset, type LoadDatasetOptions, loadDatasetOptions } from './findDataset.ts';

/**
 * A dataset by its name, from the first of these sources: the folder `dataDirectory`, or what `TAPEGRAD_DATA` names; the
 * cache folder; the mirrors, whose files are then kept in the cache. `origin` of the result says which it was.
 *
 * All downloads are checked by length and SHA-256, follow no redirect off https, end in time, and are tried again a little
 * later and at the next mirror. A folder that the user has named is never passed over: what is wrong with it is an error.
 * A broken file in the cache is fetched again.
 *
 * @param dataset one of `datasetNames`, or the description of a dataset of one's own
 * @example const { train, test } = await loadDataset('kmnist');
 * @throws MissingFileError, GzipError, IdxError, ArchiveError, CifarError or ChecksumError when the named folder does not
 *   hold the dataset
 * @throws DownloadError when it is nowhere to be had
 * @throws ValueError when there is no dataset of that name, or a mirror is not https
 */
export async function loadDataset(
  dataset: DatasetName | DatasetDescription,
  options: LoadDatasetOptions = {},
  ...surplus: []
): Promise<TrainTest> {
  checkSurplus('loadDataset', surplus);
  checkOptions('loadDataset', options, loadDatasetOptions);
  const description = describeDataset(dataset);
  const found = await findDataset(description, options, 'loadDataset');
  if (!('failure' in found)) return { ...found, builtIn: false };
  throw new DownloadError({
    operation: description.title,
    got: [...found.broken, found.failure].join(' '),
    wanted: 'its files in a folder, in the cache or at a mirror',
    remedy: 'Run again with a network, or put its files in a folder and name that as dataDirectory',
  });
}
