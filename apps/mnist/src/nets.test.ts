import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random, ValueError } from '@tapegrad/core';
import { builtInDigits } from '@tapegrad/datasets';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/temporaryFolder.ts';
import { findRun, optionsOf } from './checkpoints.ts';
import { buildNet, netNamed, netNames } from './nets.ts';
import { commandLine, type Options } from './options.ts';
import { Journal } from './report/journal.ts';
import { trainReported } from './report/trainReported.ts';

const data = builtInDigits({ train: 96, test: 20 });
const silent = (): void => {};
const parse = (...words: string[]): Options =>
  commandLine()
    .exitOverride()
    .configureOutput({ writeErr: silent })
    .parse(['--digits', '--batch-size', '32', ...words], { from: 'user' })
    .opts<Options>();

test('a net that there is not is refused, and the nearest is named', () => {
  expect(() => netNamed('smal')).toThrow(ValueError);
  expect(() => netNamed('smal')).toThrow('--net: a net called smal; wanted fast, small, big. Perhaps small is meant.');
  expect(() => netNamed('resnet')).toThrow('Leave it out for fast.');
  expect(() => parse('--net', 'bigg')).toThrow(
    "error: option '--net <name>' argument 'bigg' is invalid. --net: a net called bigg; wanted fast, small, big. Perhaps big is meant.",
  );
});

test('small and big are the nets of the benchmarks, by the number of their parameters', () => {
  const sizes = netNames.map((name) => [
    name,
    buildNet(name, [1, 28, 28], 10, new Random(1)).parameters.reduce((sum, { size }) => sum + size, 0),
  ]);
  expect(Object.fromEntries(sizes)).toEqual({ fast: 108_938, small: 5_994, big: 1_199_882 });
});

/** Trains an epoch of three steps, stopped after so many of them, with a report. */
async function trained(folder: string, stopAfter: number, ...words: string[]) {
  const options = parse('--checkpoint', join(folder, 'run'), ...words);
  const stopping = new AbortController();
  const found = await findRun(options, silent);
  const report = join(folder, 'report.html');
  const outcome = await trainReported(report, data, options, {
    ...found,
    say: silent,
    record: ({ kind, step }) => {
      if (kind === 'step' && step === stopAfter) stopping.abort();
    },
    stop: stopping.signal,
    journal: new Journal(),
  });
  await found.folder?.close();
  return { ...outcome, text: readFileSync(report, 'utf8') };
}

test.each(netNames)('%s: has a report, and goes on from a checkpoint to the same bits', async (net) => {
  const [whole, broken] = [await temporaryFolder(), await temporaryFolder()];
  const { model, text } = await trained(whole, Infinity, '--net', net);
  expect(text).toContain(`npx pnpm mnist --dataset digits --net ${net} --epochs 1`);
  expect((await trained(broken, 2, '--net', net)).isStopped).toBe(true);
  const resumed = await trained(broken, Infinity, '--net', net, '--resume');
  for (const [at, parameter] of model.parameters.entries()) {
    expect(parameter.toFlatArray()).toEqual(resumed.model.parameters[at].toFlatArray());
  }
  expect(resumed.model.buffers.map(({ value }) => value.toList())).toEqual(
    model.buffers.map(({ value }) => value.toList()),
  );
});

test('a run does not go on with another net', async () => {
  const folder = await temporaryFolder();
  await trained(folder, 1, '--net', 'small');
  const found = await findRun(parse('--checkpoint', join(folder, 'run'), '--resume'), silent);
  await found.folder?.close();
  const { checkpoint } = found;
  if (!checkpoint) throw new Error('no checkpoint');
  expect(() => optionsOf(checkpoint, parse('--net', 'big'), new Set(['net']))).toThrow(
    '--resume: --net big, and a run that was begun with small; wanted the same, so that the run ends in the same bits.',
  );
  expect(optionsOf(checkpoint, parse(), new Set()).net).toBe('small');
});
