import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('what a page loads imports nothing that only Node has', () => {
  const folder = join(import.meta.dirname, '..');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('node'),
  );
  expect(sources.length).toBeGreaterThan(50);
  const offenders = sources.filter((name) =>
    /from '(node:|@tapegrad\/files|(\.\.?\/)+node\/)/.test(readFileSync(join(folder, name), 'utf8')),
  );
  expect(offenders).toEqual([]);
});
