import { warn } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { TrainTest } from '../dataset/dataset.ts';
import { type BuiltInDigitsOptions, builtInDigits } from '../digits/digits.ts';
import { mnist } from '../sources/mnist.ts';
import { findDataset, type LoadDatasetOptions } from './findDataset.ts';

/** Where {@link loadMnist} looks, and whom it tells. Everything has a default. */
export interface LoadMnistOptions extends LoadDatasetOptions {
  /** How many digits are drawn where MNIST cannot be had. */
  readonly builtIn?: BuiltInDigitsOptions;
}

const loadMnistOptions: OptionNames<LoadMnistOptions> = {
  dataDirectory: 'optional',
  cacheDirectory: 'optional',
  download: 'optional flag',
  builtIn: 'optional',
  mirrors: 'optional',
  timeouts: 'optional',
  onProgress: 'optional',
  onNotice: 'optional',
  signal: 'optional',
  environment: 'optional',
  fetch: 'optional',
};

/**
 * MNIST, from the first of these sources: the folder `dataDirectory` or `TAPEGRAD_DATA`; the cache folder; the mirrors,
 * whose files are then kept in the cache; and where all this fails, digits that tapegrad draws itself. `origin` and
 * `builtIn` of the result say which it was; a warning, `DRAWN_DIGITS`, says that they are not MNIST.
 *
 * All files are checked by their SHA-256. A folder that the user has named is never passed over: what is wrong with it
 * is an error. A broken file in the cache is fetched again. Without a network, the digits come within 10 seconds.
 *
 * @example const { train, test } = await loadMnist();
 * @throws MissingFileError, GzipError, IdxError or ChecksumError when the named folder does not hold MNIST
 * @throws ValueError when a mirror is not https
 */
export async function loadMnist(options: LoadMnistOptions = {}, ...surplus: []): Promise<TrainTest> {
  checkSurplus('loadMnist', surplus);
  checkOptions('loadMnist', options, loadMnistOptions);
  const found = await findDataset(mnist, options, 'loadMnist');
  if (!('failure' in found)) return { ...found, builtIn: false };
  const digits = builtInDigits(options.builtIn);
  const why = [...found.broken, `MNIST could not be had: ${found.failure}.`].join(' ');
  const way =
    'For the real MNIST, run again with a network, or put its four files in a folder and name it in TAPEGRAD_DATA.';
  warn({
    code: 'DRAWN_DIGITS',
    operation: 'loadMnist',
    message: `these digits are not MNIST, but drawn by tapegrad itself: results on them say nothing about MNIST. ${why} ${way}`,
  });
  return { ...digits, origin: `${digits.origin} ${why} ${way}` };
}
