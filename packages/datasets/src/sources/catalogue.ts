import { ValueError } from '@tapegrad/core';
import { checkHas, checkSurplus } from '@tapegrad/core/authors';
import { cifar10 } from './cifar10.ts';
import { cifar100 } from './cifar100.ts';
import type { DatasetDescription } from './description.ts';
import { type EmnistCut, emnist, emnistCuts } from './emnist.ts';
import { fashionMnist, kmnist } from './kin.ts';
import { mnist } from './mnist.ts';

/** The datasets that tapegrad knows by name. */
export type DatasetName = 'mnist' | 'fashion-mnist' | 'kmnist' | `emnist-${EmnistCut}` | 'cifar-10' | 'cifar-100';

/** The names of all datasets that tapegrad knows. */
export const datasetNames: readonly DatasetName[] = [
  'mnist',
  'fashion-mnist',
  'kmnist',
  ...emnistCuts.map((cut) => `emnist-${cut}` as const),
  'cifar-10',
  'cifar-100',
];

/**
 * What is known of a dataset before it is there: its files with their checksums, its classes, the shape of its images.
 *
 * @param dataset a name, or the description of a dataset of one's own, which comes back as it is
 * @example describeDataset('mnist').title // "MNIST"
 * @throws ValueError when there is no dataset of that name, or a description's name is not fit for a folder
 */
export function describeDataset(dataset: DatasetName | DatasetDescription, ...surplus: []): DatasetDescription {
  checkSurplus('describeDataset', surplus);
  if (typeof dataset === 'string') return byName(dataset);
  checkHas('describeDataset', 'dataset', dataset, ['name'], {
    wanted: 'a name, or the description of a dataset',
    remedy: `Give one of ${datasetNames.join(', ')}`,
  });
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(dataset.name)) return dataset;
  throw new ValueError({
    operation: 'describeDataset',
    got: `a dataset called ${JSON.stringify(dataset.name)}`,
    wanted: 'small letters, digits and hyphens: it is the name of a folder',
    remedy: 'Call it my-dataset, for example',
  });
}

function byName(name: string): DatasetDescription {
  const all = [mnist, fashionMnist, kmnist, ...emnistCuts.map(emnist), cifar10, cifar100];
  const found = all.find((each) => each.name === name);
  if (found) return found;
  throw new ValueError({
    operation: 'describeDataset',
    got: `no dataset called ${JSON.stringify(name)}`,
    wanted: `one of ${datasetNames.join(', ')}`,
    remedy: 'Check the spelling, or pass a description of your own',
  });
}
