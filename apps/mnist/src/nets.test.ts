import { join } from 'node:path';
import { Random, ValueError } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/temporaryFolder.ts';
import { expectWhole, parse, silent, trained } from '../test/trainedNet.ts';
import { findRun, optionsOf } from './checkpoints.ts';
import { buildNet, netNamed, netNames } from './nets.ts';

test('a net that there is not is refused, and the nearest is named', () => {
  expect(() => netNamed('smal')).toThrow(ValueError);
  expect(() => netNamed('smal')).toThrow(
    '--net: a net called smal; wanted fast, small, big, residual. Perhaps small is meant.',
  );
  expect(() => netNamed('lenet')).toThrow('Leave it out for fast.');
  expect(() => parse('--net', 'bigg')).toThrow(
    "error: option '--net <name>' argument 'bigg' is invalid. --net: a net called bigg; wanted fast, small, big, residual. Perhaps big is meant.",
  );
});

test('small and big are the nets of the benchmarks, by the number of their parameters', () => {
  const sizes = netNames.map((name) => [
    name,
    buildNet(name, [1, 28, 28], 10, new Random(1)).parameters.reduce((sum, { size }) => sum + size, 0),
  ]);
  expect(Object.fromEntries(sizes)).toEqual({ fast: 108_938, small: 5_994, big: 1_199_882, residual: 491_402 });
});

test.each(['fast', 'small'] as const)('%s: has a report, and goes on from a checkpoint to the same bits', expectWhole);

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
