import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changed, model } from '../../test/edits.ts';
import { waves } from '../../test/run.ts';
import { readOnnx } from './index.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tapegrad-onnx-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** Writes the model with its weights beside it, under that name. */
async function write(name: string, location: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  const bytes = changed((graph) => {
    for (const tensor of graph.initializer) {
      const { rawData = new Uint8Array() } = tensor;
      const entry = { location, offset: `${offset}`, length: `${rawData.length}` };
      tensor.externalData = Object.entries(entry).map(([key, value]) => ({ key, value }));
      tensor.rawData = undefined;
      pieces.push(rawData);
      offset += rawData.length;
    }
  });
  const path = join(folder, name);
  await writeFile(path, bytes);
  if (location === `${name}.data`) await writeFile(join(folder, location), Buffer.concat(pieces));
  return path;
}

test('reads a model and the weights beside it', async () => {
  const { model: read } = await readOnnx(await write('model.onnx', 'model.onnx.data'));
  const x = waves([2, 1, 4, 4]);
  expect(read.call(x).toList()).toEqual(model.call(x).toList());
});

test('says which file is missing, and reads none of another folder', async () => {
  const missing = await write('a.onnx', 'lost.data');
  await expect(readOnnx(missing)).rejects.toThrow(`readOnnx: ENOENT at ${join(folder, 'lost.data')}; wanted a file`);
  await expect(readOnnx(join(folder, 'none.onnx'))).rejects.toThrow('readOnnx: ENOENT at');
  await expect(readOnnx(await write('b.onnx', '../b.onnx.data'))).rejects.toThrow('"../b.onnx.data"; wanted a file in');
  await expect(readOnnx(3 as never)).rejects.toThrow('readOnnx: path is the number 3; wanted a text');
  await expect(readOnnx(missing, { shape: [1] } as never)).rejects.toThrow('readOnnx: ');
});
