import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the entry for Node and browsers imports nothing that only Node has', () => {
  const folder = import.meta.dirname;
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('node/'));
  expect(sources.length).toBeGreaterThan(40);
  const offenders = sources.filter((name) =>
    /from '(node:|(\.\.?\/)+node\/)/.test(readFileSync(join(folder, name), 'utf8')),
  );
  expect(offenders).toEqual([]);
});
