import { cifar100Classes, cifar100Record, readCifar100 } from '../formats/cifar100.ts';
import type { DatasetDescription } from './description.ts';

const [train, test] = ['train.bin', 'test.bin'];

/** CIFAR-100 in its binary form: Krizhevsky, 2009. Checksum of the archive that the University of Toronto serves. */
export const cifar100: DatasetDescription = {
  name: 'cifar-100',
  title: 'CIFAR-100',
  classes: cifar100Classes,
  imageShape: [3, 32, 32],
  files: [
    { name: train, bytes: 50_000 * cifar100Record },
    { name: test, bytes: 10_000 * cifar100Record },
  ],
  archive: {
    name: 'cifar-100-binary.tar.gz',
    format: 'tar.gz',
    bytes: 168_513_733,
    sha256: '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
    prefix: 'cifar-100-binary/',
    suffix: '',
  },
  mirrors: ['https://www.cs.toronto.edu/~kriz/'],
  layouts: ['cifar-100', 'cifar-100-binary'],
  read: (contents) => {
    const half = (file: string, part: string) =>
      readCifar100(contents.get(file) ?? new Uint8Array(0), { name: `CIFAR-100 ${part}` });
    return { train: half(train, 'train'), test: half(test, 'test') };
  },
};
