import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { inProcess, type Outcome } from '../test/inProcess.ts';
import type { Request } from './request.ts';
import type { Study } from './study.ts';

// The first two commands ask for the same study, which has the same bits each time and takes seconds: it is made once.
vi.mock('./study.ts', async (importOriginal) => {
  const { study } = await importOriginal<typeof import('./study.ts')>();
  const made = new Map<string, Study>();
  return {
    study: ({ svg, ...asked }: Request): Study => {
      const key = JSON.stringify(asked);
      const { request: _, ...rest } = made.get(key) ?? study(asked);
      const whole: Study = { request: svg === undefined ? asked : { ...asked, svg }, ...rest };
      made.set(key, whole);
      return whole;
    },
  };
});

const page = fileURLToPath(new URL('../../../docs/regression.md', import.meta.url));
const text = readFileSync(page, 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'regression-page-'));
const drawn = join(folder, 'regression.svg');
const commands = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, lines]) => lines.trim().split('\n'));
/** A block of one command, and the block behind it that shows what it prints. */
const shown = /^```sh\n(npx pnpm regression.*)\n```\n\n```text\n([\s\S]*?)^```$/m;

const withoutComment = (line: string): string => line.replace(/\s+#.*$/, '');

/** Runs a command of the page here; its picture goes to a folder of the test. */
function runLine(line: string): Promise<Outcome> {
  const [npx, pnpm, regression, ...args] = withoutComment(line).split(/\s+/);
  expect([npx, pnpm, regression]).toEqual(['npx', 'pnpm', 'regression']);
  return inProcess(...args.map((word) => (word === 'docs/regression.svg' ? drawn : word)));
}

afterAll(() => rmSync(folder, { recursive: true }));

describe('docs/regression.md', () => {
  // `npx vitest run apps/regression -u` writes page and picture anew.
  test('shows what its first command prints', async () => {
    const [block, line] = shown.exec(text) ?? [];
    if (block === undefined) throw new Error('the page shows no command with what it prints');
    const { code, out, err } = await runLine(line);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const current = text.replace(block, () => `\`\`\`sh\n${line}\n\`\`\`\n\n\`\`\`text\n${out}\`\`\``);
    await expect(current).toMatchFileSnapshot(page);
  });

  test('shows the picture that its second command writes', async () => {
    const line = commands.find((each) => each.includes('--svg'));
    expect(await runLine(line ?? '')).toMatchObject({ code: 0, err: '' });
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
