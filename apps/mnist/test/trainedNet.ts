import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtInDigits } from '@tapegrad/datasets';
import { expect } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/temporaryFolder.ts';
import { findRun } from '../src/checkpoints.ts';
import type { NetName } from '../src/nets.ts';
import { commandLine, type Options } from '../src/options.ts';
import { Journal } from '../src/report/journal.ts';
import { trainReported } from '../src/report/trainReported.ts';

const data = builtInDigits({ train: 12, test: 4 });
export const silent = (): void => {};

/** The options that some words of a command line ask for; a wrong one throws. */
export const parse = (...words: string[]): Options =>
  commandLine()
    .exitOverride()
    .configureOutput({ writeErr: silent })
    .parse(['--digits', '--batch-size', '4', ...words], { from: 'user' })
    .opts<Options>();

/** Trains an epoch of three steps, stopped after so many of them, with a report. */
export async function trained(folder: string, stopAfter: number, ...words: string[]) {
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

/** Expects of a net that it has a report, and goes on from a checkpoint to the same bits. */
export async function expectWhole(net: NetName): Promise<void> {
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
}
