import { concatenate } from '../archives/bytes.ts';
import { cifarClasses, cifarRecord, readCifar10 } from '../formats/cifar.ts';
import type { DatasetDescription } from './description.ts';

const trainNames = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);
const testName = 'test_batch.bin';

/** CIFAR-10 in its binary form: Krizhevsky, 2009. Checksum of the archive that the University of Toronto serves. */
export const cifar10: DatasetDescription = {
  name: 'cifar-10',
  title: 'CIFAR-10',
  classes: cifarClasses,
  imageShape: [3, 32, 32],
  files: [...trainNames, testName].map((name) => ({ name, bytes: 10_000 * cifarRecord })),
  archive: {
    name: 'cifar-10-binary.tar.gz',
    format: 'tar.gz',
    bytes: 170_052_171,
    sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
    prefix: 'cifar-10-batches-bin/',
    suffix: '',
  },
  mirrors: ['https://www.cs.toronto.edu/~kriz/'],
  layouts: ['cifar-10', 'cifar-10-batches-bin'],
  read: (contents) => {
    const content = (name: string): Uint8Array => contents.get(name) ?? new Uint8Array(0);
    return {
      train: readCifar10(concatenate(trainNames.map(content)), { name: 'CIFAR-10 train' }),
      test: readCifar10(content(testName), { name: 'CIFAR-10 test' }),
    };
  },
};
