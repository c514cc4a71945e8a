import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { builtInDigits } from '@tapegrad/datasets';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { type Block, blocksOf, readDocument as read, root } from './snippets.ts';

/** What a program printed, and why it ended before its end, if it did. */
interface Outcome {
  readonly printed: string;
  readonly failed?: string;
}

/** Runs the blocks of a document in one process, against the built packages. */
async function runAll(blocks: readonly Block[]): Promise<readonly Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tapegrad-document-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  try {
    const files = blocks.map((block, number) => {
      const file = join(folder, `block${number}.mjs`);
      writeFileSync(file, programOf(block));
      return file;
    });
    const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'test/runBlocks.mjs'), ...files]);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A block of TypeScript as JavaScript that neither needs the network nor trains on 60,000 images. */
function programOf({ text }: Block): string {
  const prelude =
    'import { builtInDigits } from "@tapegrad/datasets";\nconst loadMnist = async () => builtInDigits({ train: 2560, test: 1000 });\n';
  const source = text.includes('loadMnist')
    ? prelude + text.replace(/^import .*tapegrad(\/datasets)?\/node';\n/m, '')
    : text;
  return ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText;
}

/** Documents whose blocks of TypeScript are programs. */
const programs = [
  'README',
  'docs/slips',
  'docs/differences',
  'docs/engine',
  'docs/to-pytorch',
  'docs/onnx',
  'docs/from-keras',
  'docs/datasets',
  'docs/tape',
  'docs/training',
  'docs/looking-inside',
  'docs/start',
  'docs/install',
  ...['core', 'nn', 'datasets', 'explain', 'expression', 'onnx', 'tapegrad'].map((name) => `packages/${name}/README`),
];

const pagesOf = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `${folder}/${file.replace('.md', '')}`);

const pages = pagesOf('docs');

/** All documents: the programs, those without, and those whose blocks contributing.long.test.ts puts together. */
const documents = new Set([...programs, ...pages, ...pagesOf('docs/contributing'), 'CONTRIBUTING', 'examples/README']);

const programsOf = (name: string): Block[] => blocksOf(read(`${name}.md`)).filter(({ language }) => language === 'ts');

describe.each(programs.filter((name) => programsOf(name).length > 0))('%s.md', (name) => {
  const blocks = programsOf(name);
  let outcomes: Promise<readonly Outcome[]> | undefined;

  it.each(blocks)('runs the code block %#', async (block) => {
    outcomes ??= runAll(blocks);
    const { printed, failed } = (await outcomes)[blocks.indexOf(block)];
    expect(failed).toBeUndefined();
    if (block.output !== undefined) expect(printed).toBe(block.output);
    else {
      // A program that trains says what it was right about, for without a network that is not MNIST.
      const [, share, images] = /^([\d.]+) % of 1000 images right: (.+)\n$/.exec(printed) ?? [];
      expect(Number(share)).toBeGreaterThan(70);
      expect(images).toBe(builtInDigits({ train: 1, test: 1 }).test.name);
    }
  });
});

describe.each([...documents].map((name) => `${name}.md`))('%s', (document) => {
  it('names commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const commands = blocksOf(read(document))
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => text.trim().split('\n'))
      .map((line) => /^npx pnpm (?:run )?([\w:]+)/.exec(line)?.[1]);
    for (const command of commands) expect(Object.keys(scripts)).toContain(command);
  });

  it('links to files that exist', () => {
    const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link);
    for (const link of links)
      expect(() => readFileSync(join(root, dirname(document), link)), link).not.toThrow(/ENOENT/);
  });
});

it('every page of docs has a row in its README, and every page with TypeScript runs', () => {
  const rows = read('docs/README.md');
  const others = pages.filter((name) => name !== 'docs/README');
  expect(others.filter((name) => !rows.includes(`](${name.replace('docs/', '')}.md) `))).toEqual([]);
  expect(others.filter((name) => programsOf(name).length > 0 && !programs.includes(name))).toEqual([]);
});

it('the page of errors is as the source has it', async () => {
  await promisify(execFile)(process.execPath, [join(root, 'docs/makeErrors.mjs'), '--check']);
});
