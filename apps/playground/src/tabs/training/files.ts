import { ValueError } from '@tapegrad/core';
import { gunzipIfNeeded, imageDataset, mnistFiles, readIdx, type TrainTest } from '@tapegrad/datasets';

/** A file as a reader gives it. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The most that one file may unpack to: twice the largest of MNIST. */
const mostBytes = 2 * mnistFiles.trainImages.bytes;
const roles = Object.keys(mnistFiles) as (keyof typeof mnistFiles)[];

/**
 * Images to learn from and to be tested on, from the four IDX files of MNIST or of a dataset made like it, gzipped or not. A
 * file is known by its name: `train` or `t10k`, `images` or `labels`.
 *
 * @param classes the names of the classes, by number
 * @throws ValueError when one of the four files is not there
 * @throws GzipError or IdxError when one of them cannot be read, or they do not belong together
 */
export async function datasetFromFiles(files: readonly GivenFile[], classes: readonly string[]): Promise<TrainTest> {
  const byRole = new Map(roles.map((role) => [role, files.find(({ name }) => isOf(role, name))]));
  const missing = roles.filter((role) => !byRole.get(role));
  if (missing.length > 0) {
    throw new ValueError({
      operation: 'files',
      got: files.length === 0 ? 'no files' : files.map(({ name }) => name).join(', '),
      wanted: `also ${missing.map((role) => mnistFiles[role].name).join(', ')}`,
      remedy: 'Choose all four files at once, gzipped or not',
    });
  }
  const read = async (role: keyof typeof mnistFiles) => {
    const { name, bytes } = byRole.get(role) as GivenFile;
    return { name, array: readIdx(await gunzipIfNeeded(bytes, { name, limit: mostBytes }), { name }) };
  };
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all(roles.map(read));
  const train = imageDataset({ name: 'train', images: trainImages, labels: trainLabels, classes });
  const test = imageDataset({ name: 'test', images: testImages, labels: testLabels, classes });
  for (const { name, labels } of [train, test]) {
    if (labels.size > 0) continue;
    throw new ValueError({
      operation: name === 'train' ? trainImages.name : testImages.name,
      got: 'no images',
      wanted: 'at least one',
      remedy: 'Choose other files',
    });
  }
  const names = files.map(({ name }) => name).join(', ');
  return {
    train,
    test,
    origin: `${train.labels.size} images to learn from, ${test.labels.size} to be tested on: ${names}.`,
    builtIn: false,
  };
}

function isOf(role: keyof typeof mnistFiles, name: string): boolean {
  const isTrain = /train/i.test(name);
  const isTest = /t10k|test/i.test(name);
  const kind = role.endsWith('Images') ? /images/i : /labels/i;
  return (role.startsWith('train') ? isTrain : isTest && !isTrain) && kind.test(name);
}
