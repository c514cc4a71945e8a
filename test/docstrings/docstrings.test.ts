import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { allExported, type Exported } from './exported.ts';
import { runExample } from './runExample.ts';

/* What a docstring has to say, and that its examples are true. Docstrings that are not there at all `npx pnpm reference` names. */

const exported = allExported();
const functions = exported.filter(({ kind }) => kind === 'function');

/** Examples that are not run, for they ask for a network, a browser, or files that somebody has. */
const notRun = [
  ...['fetchDataset', 'loadMnist', 'loadDataset', 'servePrefetch'],
  ...['imageFolder', 'mnistFromFiles', 'readPng', 'idxHalves', 'readOnnx'],
  ...['imageFiles', 'readJpeg', 'readPicture', 'trainTestFolder'],
];

const examples = exported.flatMap((each) =>
  each.tags('example').map((code, index) => ({ title: `${each.door} ${each.name} ${index}`, name: each.name, code })),
);

describe('an example runs, and gives what it says', () => {
  test.each(examples.filter(({ name }) => !notRun.includes(name)))('$title', async ({ code }) => {
    const claims = await runExample(code);
    expect(claims.map(({ line, got }) => `${line} // ${got}`)).toEqual(
      claims.map(({ line, claimed }) => `${line} // ${claimed}`),
    );
  });
});

test('every function has an example', () => {
  expect(functions.filter((each) => each.tags('example').length === 0).map(({ name }) => name)).toEqual([]);
});

/** Whether a function throws by itself, in its own lines. */
function throwsItself({ declaration }: Exported): boolean {
  let found = false;
  const look = (node: ts.Node): void => {
    if (ts.isThrowStatement(node)) found = true;
    // What a function within it throws is thrown later, if at all.
    else if (!ts.isFunctionLike(node)) ts.forEachChild(node, look);
  };
  if (ts.isFunctionDeclaration(declaration) && declaration.body) look(declaration.body);
  return found;
}

test('a function that throws says what', () => {
  const silent = functions.filter((each) => throwsItself(each) && each.tags('throws').length === 0);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('an op tells which shape comes out, or that it goes element by element', () => {
  const ops = functions.filter(({ path, result }) => path.startsWith('packages/core/src/ops/') && result === 'Tensor');
  const told = /\[|shape|element|axis|axes|scalar|rank/i;
  const silent = ops.filter(
    (each) => !told.test([each.text, ...each.tags('returns'), ...each.tags('param')].join('\n')),
  );
  expect(ops.length).toBeGreaterThan(80);
  expect(silent.map(({ name }) => name)).toEqual([]);
});
