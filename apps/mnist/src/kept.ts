import { type Checkpoint, CheckpointError } from '@tapegrad/nn';
import type { Fingerprint } from './fingerprint.ts';
import { netNames } from './nets.ts';
import type { Options, RunOptions } from './options.ts';

/** What a checkpoint of this program holds beside the model. */
export interface Kept {
  readonly run: RunOptions;
  readonly data: Fingerprint;
}

/** The options that a run depends on, and what each of them is. */
const kinds: { readonly [Name in keyof Required<RunOptions>]: 'boolean' | 'number' | 'string' } = {
  dataset: 'string',
  digits: 'boolean',
  net: 'string',
  epochs: 'number',
  batchSize: 'number',
  learningRate: 'number',
  seed: 'number',
  trainImages: 'number',
  testImages: 'number',
};

export const runOptionNames = Object.keys(kinds) as (keyof RunOptions)[];

/** What to keep of the options of a run. */
export function keep(options: Options, data: Fingerprint): Kept {
  const { dataset, digits, net, epochs, batchSize, learningRate, seed, trainImages, testImages } = options;
  return { run: { dataset, digits, net, epochs, batchSize, learningRate, seed, trainImages, testImages }, data };
}

/**
 * What another run has kept, checked, for a checkpoint may come from anywhere.
 *
 * @throws CheckpointError when it is not what this program keeps
 */
export function keptIn({ options: { run, data } }: Checkpoint): Kept {
  if (isRunOptions(run) && isFingerprint(data)) return { run, data };
  throw new CheckpointError({
    operation: '--resume',
    got: 'a checkpoint of another program',
    wanted: 'one that `pnpm mnist` has written',
    remedy: 'Name the folder of such a run',
  });
}

function isRunOptions(run: unknown): run is RunOptions {
  if (!isRecord(run)) return false;
  const optional = ['trainImages', 'testImages'];
  if (!netNames.some((name) => name === run.net)) return false;
  return runOptionNames.every((name) => {
    const value = run[name];
    return value === undefined ? optional.includes(name) : typeof value === kinds[name];
  });
}

function isFingerprint(data: unknown): data is Fingerprint {
  return isRecord(data) && Object.values(data).every((digest) => typeof digest === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
