import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tapegrad from 'tapegrad';
import { describe, expect, test } from 'vitest';
import { allSources } from './sources.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(`${root}docs/differences.md`, 'utf8');

/** The names in backticks in one column of the table whose first row begins so. */
function column(heading: string, index: number): string[] {
  const [, table = ''] = page.split(`\n${heading}`);
  const rows = table.split('\n\n')[0].split('\n').slice(2);
  return rows.flatMap((row) => [...row.split('|')[index].matchAll(/`([^`]+)`/g)].map(([, name]) => name));
}

describe('the names of docs/differences.md', () => {
  const names = [...column('| here | PyTorch | Keras', 1), ...column('| here | of | PyTorch', 2)];

  test.each([...new Set(names)])('%s is one of ours', (name) => {
    expect(tapegrad).toHaveProperty(name);
  });

  test('are many', () => {
    expect(names.length).toBeGreaterThan(60);
  });

  const options = column('| here | of | PyTorch', 1);
  const declared = new Set(
    allSources()
      .filter(({ path }) => /^packages\/(core|nn)\//.test(path))
      .flatMap(({ path }) => [...readFileSync(root + path, 'utf8').matchAll(/^ {2}(?:readonly )?(\w+)\??:/gm)])
      .map(([, name]) => name),
  );

  test.each(options)('the option %s is declared in core or nn', (name) => {
    expect(declared).toContain(name);
  });
});

/** Names of losses say so: by `Loss`, or by what is measured. docs/differences.md tells the rule. */
test('a loss ends in Loss, or is called an entropy, a divergence or a penalty', () => {
  const index = readFileSync(`${root}packages/nn/src/index.ts`, 'utf8');
  const losses = [...index.matchAll(/export \{([^}]+)\} from '\.\/losses\//g)]
    .flatMap(([, list]) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => /^[a-z]/.test(name) && !name.startsWith('type '));
  const isQuantity = (name: string): boolean => /(?:^e|E)ntropy|Divergence|Penalty/.test(name);
  expect(losses.filter((name) => name.endsWith('Loss') === isQuantity(name))).toEqual([]);
  expect(losses.length).toBeGreaterThan(15);
});
