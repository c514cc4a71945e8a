import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const page = readFileSync(fileURLToPath(new URL('../docs/errors.md', import.meta.url)), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (---|code|operation)/.test(line));

test('every row of the page of errors says something besides what is put in when it happens', () => {
  const said = (row: string): string =>
    row
      .split(' | ')
      .slice(1)
      .join(' ')
      .replaceAll(/‹[^›]*›/g, '');
  expect(rows.length).toBeGreaterThan(300);
  expect(rows.filter((row) => !/\p{L}{2}/u.test(said(row)))).toEqual([]);
});

test('words that a function is handed are those of its callers', () => {
  expect(page).toContain('a header whose sum is wrong');
  expect(page).not.toMatch(/\| ‹got› \| ‹wanted› \|/);
  expect(page).not.toMatch(/‹wanted› \| ‹remedy›/);
});
