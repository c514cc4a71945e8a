import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { inProcess, type Outcome } from '../test/inProcess.ts';
import { commandLine } from './commandLine.ts';
import type { Request } from './request.ts';

const page = fileURLToPath(new URL('../../../docs/regression.md', import.meta.url));
const text = readFileSync(page, 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'regression-page-'));
const drawn = join(folder, 'regression.svg');
const commands = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, lines]) => lines.trim().split('\n'));
/** A block of one command, and the block behind it that shows what it prints. */
const shown = /^```sh\n(npx pnpm regression.*)\n```\n\n```text\n([\s\S]*?)^```$/m;

const withoutComment = (line: string): string => line.replace(/\s+#.*$/, '');

/** What follows `npx pnpm regression` in a command of the page; its picture goes to a folder of the test. */
function argumentsOf(line: string): readonly string[] {
  const [npx, pnpm, regression, ...args] = withoutComment(line).split(/\s+/);
  expect([npx, pnpm, regression]).toEqual(['npx', 'pnpm', 'regression']);
  return args.map((word) => (word === 'docs/regression.svg' ? drawn : word));
}

const runLine = (line: string): Promise<Outcome> => inProcess(...argumentsOf(line));

function requestOf(line: string): Request {
  const silent = { out: () => undefined, err: () => undefined };
  return commandLine(silent).parse(argumentsOf(line), { from: 'user' }).opts<Request>();
}

afterAll(() => rmSync(folder, { recursive: true }));

describe('docs/regression.md', () => {
  // `npx vitest run apps/regression -u` writes page and picture anew.
  test('shows what its first command prints, and the picture that its second command writes beside it', async () => {
    const [block, line] = shown.exec(text) ?? [];
    if (block === undefined) throw new Error('the page shows no command with what it prints');
    const drawing = commands.find((each) => each.includes('--svg')) ?? '';
    // Both ask for the same study, which takes seconds: it is made once.
    expect(requestOf(drawing)).toEqual({ ...requestOf(line), svg: drawn });
    const { code, out, err } = await runLine(drawing);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const where = `\nPicture: ${drawn}\n`;
    expect(out.endsWith(where)).toBe(true);
    const printed = out.slice(0, -where.length);
    const current = text.replace(block, () => `\`\`\`sh\n${line}\n\`\`\`\n\n\`\`\`text\n${printed}\`\`\``);
    await expect(current).toMatchFileSnapshot(page);
    const picture = readFileSync(drawn, 'utf8');
    expect(picture.length).toBeLessThan(60_000);
    await expect(picture).toMatchFileSnapshot(join(dirname(page), 'regression.svg'));
  });

  // The page says what each shows; that it runs is seen in fewer steps.
  test.each(commands.slice(2))('%s', async (line) => {
    const { code, err } = await runLine(line.includes('--steps') ? line : `${withoutComment(line)} --steps 20`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('links to files that exist', () => {
    for (const [, link] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      expect(() => readFileSync(join(dirname(page), link)), link).not.toThrow();
    }
  });
});
