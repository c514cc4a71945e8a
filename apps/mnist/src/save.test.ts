import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/temporaryFolder.ts';
import { buildNet } from './nets.ts';
import { checkSavable, save } from './save.ts';

const model = buildNet('fast', [1, 28, 28], 10, new Random(1));

test('a file that cannot be written any more does not keep the others from being written', async () => {
  const folder = await temporaryFolder();
  const files = ['bad.safetensors', 'good.safetensors', 'worse.safetensors'].map((name) => join(folder, name));
  await checkSavable(files);
  // What was free at the start is taken at the end.
  for (const index of [0, 2]) await mkdir(files[index]);
  const lines: string[] = [];
  const saved = save(files, model, { mean: 0, standardDeviation: 1 }, (line) => lines.push(line));
  await expect(saved).rejects.toThrow(`${files[0]} cannot be written: `);
  expect(lines).toEqual([
    `the model is in ${files[1]}`,
    expect.stringContaining(`error: --save: ${files[2]} cannot be written: `),
  ]);
  expect((await readdir(folder)).sort()).toEqual(['bad.safetensors', 'good.safetensors', 'worse.safetensors']);
});

test("a half-written file of another program is in nobody's way", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'model.safetensors');
  await writeFile(`${file}.partial`, 'x');
  await checkSavable([file]);
  await save([file], model, { mean: 0, standardDeviation: 1 }, () => {});
  expect((await readdir(folder)).sort()).toEqual(['model.safetensors', 'model.safetensors.partial']);
});
