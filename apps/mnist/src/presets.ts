import type { DatasetName } from '@tapegrad/datasets';
import type { NetName } from './nets.ts';

/** What a command does unless its options say otherwise. */
export interface Preset {
  readonly command: string;
  readonly about: string;
  readonly dataset: DatasetName;
  readonly net: NetName;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Another net and another dataset, for the examples of `--help`. */
  readonly others: { readonly net: NetName; readonly dataset: DatasetName };
}

export const presets = {
  mnist: {
    command: 'pnpm mnist',
    about: 'Trains a small CNN from scratch on MNIST, or on digits drawn on the spot where MNIST cannot be had.',
    dataset: 'mnist',
    net: 'fast',
    epochs: 1,
    batchSize: 256,
    learningRate: 0.01,
    others: { net: 'big', dataset: 'fashion-mnist' },
  },
  cifar: {
    command: 'pnpm cifar',
    about:
      'Trains a residual net from scratch on CIFAR-10, or on folders of pictures, which it moves and mirrors by chance.',
    dataset: 'cifar-10',
    net: 'residual',
    epochs: 10,
    batchSize: 128,
    learningRate: 0.06,
    others: { net: 'big', dataset: 'cifar-100' },
  },
} as const satisfies Readonly<Record<string, Preset>>;
