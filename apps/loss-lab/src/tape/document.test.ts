import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { captured } from '../../test/inProcess.ts';
import { runTape } from './run.ts';

const page = fileURLToPath(new URL('../../../../docs/tape.md', import.meta.url));
const text = readFileSync(page, 'utf8');
/** A block of one command, and the block behind it that shows what it prints. */
const shown = /^```sh\n(npx pnpm tape .*)\n```\n\n```text\n([\s\S]*?)^```$/gm;

/** The words of a command, as a shell has them: quotation marks keep a word together. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);

// `npx vitest run apps/loss-lab -u` writes the page anew.
test('docs/tape.md shows what its commands print', async () => {
  const blocks = [...text.matchAll(shown)];
  expect(blocks.length).toBeGreaterThanOrEqual(2);
  let current = text;
  for (const [block, line] of blocks) {
    const { out, err } = await captured(runTape, wordsOf(line).slice(3));
    current = current.replace(block, () => `\`\`\`sh\n${line}\n\`\`\`\n\n\`\`\`text\n${out}${err}\`\`\``);
  }
  await expect(current).toMatchFileSnapshot(page);
});
