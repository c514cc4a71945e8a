import { expect, test } from 'vitest';
import { typed } from './typed.ts';

test.each([
  [['--parts', 'panel,kinds', '--rounds', '2'], 'npx pnpm bench --parts panel,kinds --rounds 2'],
  [['--nodes', 'node,/opt/node 24/bin/node'], 'npx pnpm bench --nodes node,path/to/node'],
  [['--nodes=/a/b/node,C:\\programs\\node.exe'], 'npx pnpm bench --nodes=path/to/node,path/to/node.exe'],
  [['--python', '../venv/bin/python'], 'npx pnpm bench --python ../venv/bin/python'],
  [[], 'npx pnpm bench'],
])('%j: of a path from the root only the last name is told', (args, expected) => {
  expect(typed(args)).toBe(expected);
});
