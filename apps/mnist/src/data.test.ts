import { builtInDigits, select } from '@tapegrad/datasets';
import { expect, test } from 'vitest';
import { loadData, some } from './data.ts';
import { commandLine, type Options } from './options.ts';
import { presets } from './presets.ts';

const labelsOf = ({ labels }: ReturnType<typeof some>): number[] =>
  Array.from({ length: labels.shape[0] }, (_, at) => labels.get(at));

test('some images are the first ones, or, where one class comes after the other, some of each', () => {
  const { train } = builtInDigits({ train: 100, test: 1 });
  const order = [...labelsOf(train).keys()].sort((a, b) => train.labels.get(a) - train.labels.get(b));
  const sorted = select(train, Uint32Array.from(order));
  expect(labelsOf(some(train, 20))).toEqual(labelsOf(train).slice(0, 20));
  expect(labelsOf(some(sorted, 20))).toEqual(Array.from({ length: 20 }, (_, at) => Math.floor(at / 2)));
  expect(some(train, 200)).toBe(train);
  expect(some(train, undefined)).toBe(train);
});

test('each command has defaults of its own', async () => {
  const parse = (preset: typeof presets.mnist | typeof presets.cifar): Options =>
    commandLine(preset).parse([], { from: 'user' }).opts<Options>();
  expect(parse(presets.mnist)).toMatchObject({ dataset: 'mnist', net: 'fast', epochs: 1, batchSize: 256 });
  expect(parse(presets.cifar)).toMatchObject({ dataset: 'cifar-10', net: 'residual', epochs: 10, batchSize: 128 });
  expect(commandLine(presets.cifar).helpInformation()).toContain('Usage: pnpm cifar [options]');
  const digits = await loadData({ ...parse(presets.mnist), digits: true, trainImages: 30, testImages: 10 }, () => {});
  expect([digits.train.labels.size, digits.test.labels.size]).toEqual([30, 10]);
});
