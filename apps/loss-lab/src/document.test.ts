import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { inProcess, type Outcome } from '../test/inProcess.ts';

const page = fileURLToPath(new URL('../../../docs/loss-lab.md', import.meta.url));
const text = readFileSync(page, 'utf8');
const commands = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, lines]) => lines.trim().split('\n'));
/** A block of one command, and the block behind it that shows what it prints. */
const shown = /^```sh\n(npx pnpm loss .*)\n```\n\n```text\n([\s\S]*?)^```$/gm;

/** Runs a command of the page here; what it would write to a file goes to standard output. */
function runLine(line: string): Promise<Outcome> {
  const [npx, pnpm, loss, ...args] = wordsOf(line);
  expect([npx, pnpm, loss]).toEqual(['npx', 'pnpm', 'loss']);
  const to = args.indexOf('--output');
  return inProcess(...(to === -1 ? args : args.toSpliced(to, 2)));
}

/** The words of a command, as a shell has them: quotation marks keep a word together, `#` begins a comment. */
function wordsOf(line: string): string[] {
  return [...line.replace(/\s#.*$/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
}

describe('docs/loss-lab.md', () => {
  test.each(commands)('%s', async (line) => {
    const { code, err } = await runLine(line);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  // `npx vitest run apps/loss-lab -u` writes the page anew.
  test('shows what its commands print', async () => {
    const blocks = [...text.matchAll(shown)];
    expect(blocks.length).toBeGreaterThanOrEqual(3);
    let current = text;
    for (const [block, line] of blocks) {
      const { out } = await runLine(line);
      current = current.replace(block, () => `\`\`\`sh\n${line}\n\`\`\`\n\n\`\`\`text\n${out}\`\`\``);
    }
    await expect(current).toMatchFileSnapshot(page);
  });

  test('links to files that exist', () => {
    for (const [, link] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      expect(() => readFileSync(join(dirname(page), link)), link).not.toThrow();
    }
  });
});
