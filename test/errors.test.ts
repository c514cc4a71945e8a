import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { allSources } from './sources.ts';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');

test('every class of error bears its name in words, for a bundler shortens that of the class', () => {
  const classes = allSources().flatMap(({ path }) => [
    ...read(path).matchAll(/class (\w+) extends TapegradError \{([\s\S]*?)\n\}/g),
  ]);
  const unnamed = classes.filter(([, name, body]) => !body.includes(`override readonly name = '${name}';`));
  expect(classes.length).toBeGreaterThan(12);
  expect(unnamed.map(([, name]) => name)).toEqual([]);
});
