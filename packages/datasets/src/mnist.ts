import { checkSha256 } from './checksum.ts';
import type { ImageDataset } from './dataset.ts';
import { digitClasses } from './digit-classes.ts';
import { IdxError, MissingFileError } from './errors.ts';
import { imageDataset } from './from-idx.ts';
import { gunzipIfNeeded } from './gzip.ts';
import { readIdx } from './idx.ts';
import { type MnistFile, mnistFiles } from './mnist-files.ts';

/**
 * MNIST from the bytes of its four files, gzipped or not, wherever they were read: dropped on a web page, fetched, from
 * a disk. Nothing but the true MNIST passes: length, shape and SHA-256 are checked.
 *
 * @param files the bytes of each file by its name without `.gz`, such as `train-images-idx3-ubyte`
 * @throws MissingFileError when one of the four is not there
 * @throws GzipError, IdxError or ChecksumError when one of them is not MNIST's
 */
export async function mnistFromFiles(
  files: Readonly<Record<string, Uint8Array>>,
): Promise<{ train: ImageDataset; test: ImageDataset }> {
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
    Object.values(mnistFiles).map(async (file) => [file.name, await mnistContent(file, files[file.name])] as const),
  );
  return mnistFromContents(Object.fromEntries(contents));
}

/**
 * The content of one of MNIST's files, unpacked where it was gzipped, and checked down to the last byte.
 *
 * @param name what to call the file in the messages of errors; its path, where it has one
 * @throws GzipError, IdxError or ChecksumError when it is not what MNIST has under this name
 */
export async function mnistContent(file: MnistFile, bytes: Uint8Array, name: string = file.name): Promise<Uint8Array> {
  const content = await gunzipIfNeeded(bytes, { name, limit: file.bytes });
  // The hash alone would be enough; these two tell more about what is wrong.
  const { shape } = readIdx(content, { name });
  if (shape.join() !== file.shape.join()) {
    throw new IdxError({
      operation: name,
      got: `an array of shape [${shape.join(', ')}]`,
      wanted: `shape [${file.shape.join(', ')}], as MNIST has it`,
      remedy: 'Check that the four files of MNIST are not mixed up with others',
    });
  }
  await checkSha256(content, { name, sha256: file.sha256 });
  return content;
}

/** The datasets in four contents that {@link mnistContent} has checked, by the files' names. */
export function mnistFromContents(contents: Readonly<Record<string, Uint8Array>>): {
  train: ImageDataset;
  test: ImageDataset;
} {
  const read = ({ name }: MnistFile) => ({ name, array: readIdx(contents[name], { name }) });
  const { trainImages, trainLabels, testImages, testLabels } = mnistFiles;
  return {
    train: imageDataset({
      name: 'MNIST train',
      images: read(trainImages),
      labels: read(trainLabels),
      classes: digitClasses,
    }),
    test: imageDataset({
      name: 'MNIST test',
      images: read(testImages),
      labels: read(testLabels),
      classes: digitClasses,
    }),
  };
}
