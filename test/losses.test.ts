import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './snippets.ts';

/*
 * What every loss has to have, besides a subcommand of `npx pnpm loss` with its derivation, which apps/loss-lab/src/losses.test.ts
 * holds each to.
 */

const folder = join(root, 'packages/nn/src');
const index = readFileSync(join(folder, 'index.ts'), 'utf8');

/** Each loss that nn exports, with the file that it is in. */
const losses = [...index.matchAll(/export \{([^}]*)\} from '\.\/losses\/(\w+)\.ts'/g)].flatMap(([, names, file]) =>
  names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => ({ name, file })),
);

/** The docstring that stands right before a function. */
function docstringOf(name: string, source: string): string {
  const [before, rest] = source.split(`\nexport function ${name}(`);
  expect(rest, `${name} is no function of its file`).toBeDefined();
  return before.slice(before.lastIndexOf('/**')).replace(/\n \* ?/g, '\n');
}

test('there are many', () => {
  expect(losses.length).toBeGreaterThanOrEqual(30);
});

describe.each(losses)('$name', ({ name, file }) => {
  const docstring = docstringOf(name, readFileSync(join(folder, `losses/${file}.ts`), 'utf8'));
  const tests = join(folder, `losses/${file}.test.ts`);

  test('opens with its formula, and says its gradient and its source', () => {
    const [opening] = docstring.split('\n\n');
    expect(opening).toMatch(/ = /);
    expect(docstring).toMatch(/gradient|slope|∂/i);
    expect(docstring).toMatch(/^Source: .+(?:\n.+)?, \d{4}\b/m);
    expect(docstring).toContain('@example');
  });

  test('has a test of its own, in float64', () => {
    expect(existsSync(tests)).toBe(true);
    const text = readFileSync(tests, 'utf8');
    expect(text).toContain(name);
    expect(text).toMatch(/float64|double\(|dataTypes|checkDerivatives|expectFormula/);
  });
});
