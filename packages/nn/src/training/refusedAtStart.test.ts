import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Parameter, Random, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { straightLine } from '../../test/straightLine.ts';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { SGD } from '../index.ts';
import { KeepCheckpoints, type KeepCheckpointsOptions } from '../node/keepCheckpoints.ts';
import { earlyStopping } from './earlyStopping.ts';
import { type Callback, type FitOptions, fit } from './fit.ts';
import { KeepBest } from './keepBest.ts';

/*
 * What could not work at the end of an epoch is refused before the first step: an epoch may take hours.
 */

async function refusal(callback: Callback, options: Partial<FitOptions<number>> = {}) {
  const { weight: _, ...rest } = straightLine();
  let steps = 0;
  const count: Callback = { onStep: () => void steps++ };
  const training = fit({ ...rest, batches: () => [1], epochs: 2, callbacks: [count, callback], ...options });
  const message = await training.then(
    () => 'nothing was refused',
    (error: unknown) => String(error),
  );
  return { message, steps };
}

const named = (...names: string[]): Parameter[] => names.map((name) => new Parameter(name, tensor([1])));

test('callbacks hear of the start before the first step, and are waited for', async () => {
  const heard: unknown[] = [];
  const { weight: _, ...rest } = straightLine();
  const callback: Callback = {
    async onStart({ epochs, validate }) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      heard.push(epochs, validate);
    },
    onStep: ({ step }) => void heard.push(`step ${step}`),
  };
  await fit({ ...rest, batches: () => [1], epochs: 1, callbacks: [callback] });
  expect(heard).toEqual([1, undefined, 'step 1']);
});

test.each(['KeepBest', 'KeepCheckpoints'])('%s: parameters that share a name, at construction', async (name) => {
  const parameters = named('conv1.weight', 'conv1.weight');
  const make = {
    KeepBest: () => new KeepBest({ parameters }),
    KeepCheckpoints: () => {
      const optimiser = new SGD(parameters, { learningRate: 1 });
      return new KeepCheckpoints('nowhere', { model: { parameters }, optimiser });
    },
  };
  expect(make[name as keyof typeof make]).toThrow(
    `${name}: 2 parameters and buffers, of which several are called conv1.weight; wanted a name of its own for each of them. Name the models that they belong to, \`new Sequential(layers, { name: 'encoder', … })\`, or the parameters themselves.`,
  );
});

test.each([
  ['earlyStopping', () => earlyStopping({ monitor: 'accuracy', patience: 1 })],
  ['KeepBest', () => new KeepBest({ parameters: named('w') }, { monitor: 'accuracy' })],
])('%s: a metric, where nothing measures any', async (name, make) => {
  expect(await refusal(make())).toEqual({
    message: `ValueError: ${name}: the metric accuracy, and no \`validate\`; wanted one of meanLoss. Let \`validate\` of \`fit\` give it, or monitor another number.`,
    steps: 0,
  });
  expect((await refusal(make(), { validate: () => ({ accuracy: 1 }) })).message).toBe('nothing was refused');
});

async function keeper(path: string, options: Partial<KeepCheckpointsOptions> = {}): Promise<KeepCheckpoints> {
  const parameters = named('w');
  const optimiser = new SGD(parameters, { learningRate: 1 });
  return new KeepCheckpoints(path, { model: { parameters }, optimiser, ...options });
}

test('KeepCheckpoints: a folder that cannot be made', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  const { message, steps } = await refusal(await keeper(join(file, 'run')));
  expect(message).toContain('cannot be written');
  expect(steps).toBe(0);
});

test('KeepCheckpoints: a folder with the checkpoints of another run', async () => {
  const folder = join(await temporaryFolder(), 'run');
  const first = await keeper(folder);
  expect((await refusal(first)).message).toBe('nothing was refused');
  await first.close();
  const second = await keeper(folder);
  const { message, steps } = await refusal(second);
  await second.close();
  expect(message).toContain('of another run; wanted a folder with the checkpoints of one run. Name another folder;');
  expect(steps).toBe(0);
});

test('KeepCheckpoints: a Random in place of its state, with which the run could not have gone on', async () => {
  const folder = join(await temporaryFolder(), 'run');
  const wrong = await keeper(folder, { random: () => ({ dropout: new Random(1) as never }) });
  const { message, steps } = await refusal(wrong);
  await wrong.close();
  expect(message).toContain('Random.from: the state is []; wanted four whole numbers');
  expect(steps).toBe(0);
});

test('KeepCheckpoints: settings that no file can hold, at construction', async () => {
  await expect(keeper('nowhere', { settings: { seed: 1n as never } })).rejects.toThrow(
    'KeepCheckpoints: settings.seed is 1, a bigint; wanted a text, a finite number, true or false. Say it as one of these: a list as the text `list.join()`.',
  );
  await expect(keeper('nowhere', { settings: { rate: Number.NaN } })).rejects.toThrow(
    'settings.rate is the number NaN',
  );
});
