import { checkHas, checkSurplus } from '@tapegrad/core/authors';
import type { ImageDataset } from '../dataset/dataset.ts';
import { digitClasses } from '../digits/digitClasses.ts';
import { MissingFileError } from '../errors.ts';
import type { DatasetDescription } from './description.ts';
import { fileContent } from './fileContent.ts';
import { idxHalves } from './idxHalves.ts';
import { mnistFiles, mnistMirrors } from './mnistFiles.ts';

/** MNIST: LeCun, Cortes and Burges. */
export const mnist: DatasetDescription = {
  name: 'mnist',
  title: 'MNIST',
  classes: digitClasses,
  imageShape: [1, 28, 28],
  files: Object.values(mnistFiles),
  mirrors: mnistMirrors,
  layouts: ['mnist', 'MNIST/raw'],
  read: idxHalves(mnistFiles, { title: 'MNIST', classes: digitClasses }),
};

/**
 * MNIST from the bytes of its four files, gzipped or not, wherever they were read: dropped on a web page, fetched, from
 * a disk. Nothing but the true MNIST passes: length, shape and SHA-256 are checked.
 *
 * @param files the bytes of each file by its name without `.gz`, such as `train-images-idx3-ubyte`
 * @example const { train } = await mnistFromFiles({ 'train-images-idx3-ubyte': images, 'train-labels-idx1-ubyte': labels });
 * @throws MissingFileError when one of the four is not there
 * @throws GzipError, IdxError or ChecksumError when one of them is not MNIST's
 */
export async function mnistFromFiles(
  files: Readonly<Record<string, Uint8Array>>,
  ...surplus: []
): Promise<{ train: ImageDataset; test: ImageDataset }> {
  checkSurplus('mnistFromFiles', surplus);
  checkHas('mnistFromFiles', 'files', files, [], {
    wanted: 'the bytes of each file by its name',
    remedy: `Give an object with ${Object.values(mnistFiles)
      .map(({ name }) => name)
      .join(', ')}`,
  });
  const missing = Object.values(mnistFiles).filter(({ name }) => !Object.hasOwn(files, name));
  if (missing.length > 0) {
    throw new MissingFileError({
      operation: 'mnistFromFiles',
      got: `${missing.map(({ name }) => name).join(', ')} missing`,
      wanted: 'all four files of MNIST',
      remedy: 'Pass the bytes of each file by its name, without .gz',
    });
  }
  const contents = await Promise.all(
    mnist.files.map(
      async (file) => [file.name, await fileContent(file, files[file.name], { dataset: mnist })] as const,
    ),
  );
  return mnist.read(new Map(contents));
}
