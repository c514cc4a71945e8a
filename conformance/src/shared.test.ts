import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CaseOfFile, readFolder } from './folder.ts';
import { goldenOps } from './golden/ops.ts';
import { imageFolders, readTrainingImages } from './golden/trainingImages.ts';
import { onnxOps } from './onnx/ops.ts';
import type { Result } from './outcome.ts';
import { runCase } from './run.ts';
import { tfjsOps } from './tfjs/ops.ts';

/*
 * All reference numbers of the folders `golden` and `conformance` under TAPEGRAD_SHARED. Without that variable these tests
 * are skipped: the numbers are not part of the repository.
 */
const shared = process.env.TAPEGRAD_SHARED;

async function failuresOf(folder: string, isBuilt: (one: CaseOfFile) => boolean): Promise<Result[]> {
  const trainingImages = await readTrainingImages(imageFolders(folder, undefined));
  const results = (await readFolder(folder)).filter(isBuilt).map((one) => runCase(one, { trainingImages }));
  expect(results.length).toBeGreaterThan(100);
  return results.filter(({ outcome }) => outcome.kind !== 'passed');
}

describe(shared ? 'shared reference numbers' : 'shared reference numbers (skipped: TAPEGRAD_SHARED is not set)', () => {
  it.skipIf(!shared)('agree with every golden case of an op that is there', async () => {
    const isBuilt = ({ op }: CaseOfFile): boolean => op === 'train_cnn' || Object.hasOwn(goldenOps, op);
    expect(await failuresOf(join(shared ?? '', 'golden'), isBuilt)).toEqual([]);
  });

  it.skipIf(!shared)('agree with every ONNX and TensorFlow.js case of an op that is there', async () => {
    const isBuilt = ({ op }: CaseOfFile): boolean =>
      op === 'Graph' || Object.hasOwn(onnxOps, op) || Object.hasOwn(tfjsOps, op);
    expect(await failuresOf(join(shared ?? '', 'conformance'), isBuilt)).toEqual([]);
  });
});
