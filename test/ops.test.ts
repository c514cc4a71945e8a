import { describe, expect, test } from 'vitest';
import * as core from '../packages/core/src/index.ts';
import { allSources, testsIn } from './sources.ts';

const folder = 'packages/core/src/ops';
const files = allSources().filter(({ path }) => path.startsWith(`${folder}/`) && !path.endsWith('/index.ts'));
const names = files.map(({ path }) => path.slice(folder.length + 1, -'.ts'.length));

/** Functions of op files that are not for users, each with the reason. */
const internal: Readonly<Record<string, string>> = {
  around: 'sizes of a shape around an axis, which the softmax family shares',
  binary: 'how elementwise ops of two inputs are made; a user writes `record`',
  checkBias: 'a check of conv2d',
  checkImages: 'a check of the ops on images',
  convolutionSizes: 'the sizes that conv2d hands to its kernels',
  embed: 'the transpose of slice; users call `pad`',
  reduction: 'how reductions are made; a user writes `record`',
  transposeMatrices: 'what matmul needs of transpose',
  unary: 'how elementwise ops of one input are made; a user writes `record`',
};

test.each(names)('%s has its test beside it', (name) => {
  expect(testsIn(folder)).toContain(`${folder}/${name}.test.ts`);
});

describe('the front door', () => {
  test.each(names)('lets all functions of %s out, but for the internal ones', async (name) => {
    const exported: Record<string, unknown> = await import(`../packages/core/src/ops/${name}.ts`);
    const functions = Object.entries(exported).filter(([, value]) => typeof value === 'function');
    const front: Record<string, unknown> = core;
    const hidden = functions.filter(([key, value]) => !(key in internal) && front[key] !== value).map(([key]) => key);
    expect(hidden).toEqual([]);
    expect(functions.filter(([key]) => key in internal && key in front)).toEqual([]);
  });

  test('keeps no list of internal functions that are gone', async () => {
    const modules: Record<string, unknown>[] = await Promise.all(
      names.map((name) => import(`../packages/core/src/ops/${name}.ts`)),
    );
    const all = new Set(modules.flatMap(Object.keys));
    expect(Object.keys(internal).filter((name) => !all.has(name))).toEqual([]);
  });
});
