import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casesOf, readFolder } from './folder.ts';
import { missingImages } from './golden/trainingImages.ts';
import { matching, runCase } from './run.ts';

const world = { trainingImages: missingImages(new Error('no images')) };
const reasonOf = (text: string) =>
  casesOf(text, 'f.json').map((one) => runCase({ ...one, file: 'f.json' }, world).outcome);

describe('a folder of cases', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tapegrad-conformance-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is refused when it is missing or holds no cases', async () => {
    await expect(readFolder(join(folder, 'nowhere'))).rejects.toThrow('cannot be read');
    await expect(readFolder(folder)).rejects.toThrow('holds no JSON file of cases');
  });

  it('is read file by file, without its index and other files', async () => {
    await writeFile(join(folder, 'b.json'), JSON.stringify([{ name: 'n1', op: 'Neg', opset: 13 }]));
    await writeFile(join(folder, 'a.json'), JSON.stringify({ cases: [{ name: 'g1', op: 'neg' }] }));
    await writeFile(join(folder, 'index.json'), '{');
    await writeFile(join(folder, 'README.md'), '#');
    const cases = await readFolder(folder);
    expect(cases.map(({ file, op, name }) => [file, op, name])).toEqual([
      ['a.json', 'neg', 'g1'],
      ['b.json', 'Neg', 'n1'],
    ]);
    expect(matching(cases, 'N*1').map(({ name }) => name)).toEqual(['n1']);
    expect(matching(cases, 'neg')).toHaveLength(2);
  });

  it('turns a file that cannot be read into a case that fails', () => {
    expect(reasonOf('{"a": ')).toMatchObject([{ kind: 'failed', reason: expect.stringContaining('broken JSON') }]);
    expect(reasonOf('{"rows": []}')).toMatchObject([
      { kind: 'failed', reason: expect.stringContaining('unknown format with rows') },
    ]);
    expect(reasonOf('[{"op": "add"}]')).toMatchObject([
      { kind: 'failed', reason: expect.stringContaining('unknown format') },
    ]);
  });
});
