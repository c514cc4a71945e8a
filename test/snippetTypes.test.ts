import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allDocuments, blocksOf, readDocument, root } from './snippets.ts';

/* What a reader copies out of a document has to compile under the settings that `tsc --init` writes. */

/** What `tsc --init` of TypeScript 6 sets, and the types of Node, as its file proposes. */
const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ESNext,
  types: ['node'],
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  strict: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noUncheckedSideEffectImports: true,
  moduleDetection: ts.ModuleDetectionKind.Force,
  skipLibCheck: true,
  noEmit: true,
};

/** The pages for contributors show parts of the project, which contributing.long.test.ts compiles where they belong. */
const isProgramPage = (path: string): boolean => !path.startsWith('docs/contributing/') && !path.includes('CHANGELOG');

const snippets = allDocuments()
  .filter(isProgramPage)
  .flatMap((path) =>
    blocksOf(readDocument(path))
      .filter(({ language }) => language === 'ts' || language === 'typescript')
      .map(({ text }, index) => ({ name: `${path} ${index}`, text })),
  );

let folder = '';
const found = new Map<string, string[]>();

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tapegrad-snippets-')));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  mkdirSync(join(folder, 'source'));
  const names = new Map(snippets.map(({ name }, index) => [join(folder, 'source', `${index}.ts`), name]));
  for (const [index, { text }] of snippets.entries()) writeFileSync(join(folder, 'source', `${index}.ts`), text);
  const program = ts.createProgram([...names.keys()], { ...options, typeRoots: [join(root, 'node_modules/@types')] });
  for (const { file, start, messageText } of ts.getPreEmitDiagnostics(program)) {
    const name = (file && names.get(file.fileName)) ?? (file ? relative(root, file.fileName) : 'the program');
    const line = file && start !== undefined ? `line ${file.getLineAndCharacterOfPosition(start).line + 1}: ` : '';
    const said = `${line}${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    found.set(name, [...(found.get(name) ?? []), said]);
  }
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a snippet compiles as strictly as `tsc --init` asks', () => {
  test.each(snippets.map(({ name }) => name))('%s', (name) => {
    expect(found.get(name) ?? []).toEqual([]);
  });

  test('nothing else is wrong', () => {
    const names = new Set(snippets.map(({ name }) => name));
    expect([...found].filter(([name]) => !names.has(name))).toEqual([]);
    expect(snippets.length).toBeGreaterThan(30);
  });
});
