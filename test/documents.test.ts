import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
  /** The block right behind it, if that shows what it prints. */
  readonly output: string | undefined;
}

function blocksOf(markdown: string): Block[] {
  const found = [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
    language,
    text,
  }));
  return found.map(({ language, text }, index) => ({
    language,
    text,
    output: found[index + 1]?.language === 'text' ? found[index + 1].text : undefined,
  }));
}

/** Runs a block in a process of its own, against the built packages, and gives back what it prints. */
async function run(block: Block): Promise<string> {
  // Inside the project, which depends on all its packages.
  const folder = mkdtempSync(join(root, 'test/document-'));
  try {
    // A document says `loadMnist()`; its test must not depend on the network, and need not train on 60,000 images.
    const prelude =
      'import { builtInDigits } from "@tapegrad/datasets";\nconst loadMnist = async () => builtInDigits({ train: 2560, test: 1000 });\n';
    const source = block.text.includes('loadMnist')
      ? prelude + block.text.replace(/^import .*@tapegrad\/datasets\/node';\n/m, '')
      : block.text;
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    const file = join(folder, 'block.mjs');
    writeFileSync(file, outputText);
    const { stdout } = await promisify(execFile)(process.execPath, [file]);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.each([
  'README.md',
  'CONTRIBUTING.md',
  'docs/slips.md',
  'docs/differences.md',
  'docs/engine.md',
  'docs/to-pytorch.md',
  'docs/datasets.md',
  'docs/tape.md',
])('%s', (document) => {
  const blocks = blocksOf(read(document));

  it.each(blocks.filter(({ language }) => language === 'ts'))('runs the code block %#', async (block) => {
    const printed = await run(block);
    if (block.output !== undefined) expect(printed).toBe(block.output);
    else expect(Number(/^([\d.]+) % of 1000/.exec(printed)?.[1])).toBeGreaterThan(70);
  });

  it('names commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const commands = blocks
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => text.trim().split('\n'))
      .map((line) => /^npx pnpm (\w+)/.exec(line)?.[1]);
    for (const command of commands) expect(Object.keys(scripts)).toContain(command);
  });

  it('links to files that exist', () => {
    const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link);
    for (const link of links)
      expect(() => readFileSync(join(root, dirname(document), link)), link).not.toThrow(/ENOENT/);
  });
});

it('the page of errors is as the source has it', async () => {
  await promisify(execFile)(process.execPath, [join(root, 'docs/makeErrors.mjs'), '--check']);
});
