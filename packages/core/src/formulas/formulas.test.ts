import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporaryFolder.ts';

const collect = fileURLToPath(new URL('../../formulas.mjs', import.meta.url));

/** A folder of sources with these files. */
async function sourcesOf(files: Readonly<Record<string, string>>): Promise<string> {
  const source = await temporaryFolder();
  for (const room of ['ops/elementwise', 'tape']) mkdirSync(join(source, room), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(source, path), text);
  return source;
}

/** The file that formulas.mjs writes for a folder of sources. */
function found(source: string): string {
  execFileSync(process.execPath, [collect, source]);
  return join(source, 'formulas/found.ts');
}

/** The file of an op with its formulas. */
const op = (name: string): string => `
export function ${name}(x) {
  return unary('${name}', x, kernels.${name}, null);
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  ${name}: () => elementwise({}),
};
`;

test('the formulas of all files are collected, and the ops without any are named with their file', async () => {
  const source = await sourcesOf({
    'ops/elementwise/exp.ts': op('exp'),
    'ops/elementwise/exp.test.ts': "export const formulas = 'not these'; unary('tested', x);",
    'ops/elementwise/sinh.ts':
      "export const sinh = (x) => unary(\n  'sinh',\n  x,\n);\nconst slope = () => record({ operation: 'sinhSlope' });",
    'ops/elementwise/tanh.ts':
      "unary('tanh', x);\nexport const formulas: FormulaTable = { tanh: () => elementwise({}) };",
    'ops/elementwise/half.ts': "/** @example unary('half', x) */",
    'ops/elementwise/square.ts': "throw new ValueError({ operation: 'square' }); multiply(x, x);",
    'tape/chain.ts': op('accumulate'),
  });
  expect(readFileSync(found(source), 'utf8')).toMatchInlineSnapshot(`
    "// Written by packages/core/formulas.mjs.
    import type { FormulaTable } from '../notation/index.ts';
    import { formulas as opsElementwiseExp } from '../ops/elementwise/exp.ts';
    import { formulas as opsElementwiseTanh } from '../ops/elementwise/tanh.ts';
    import { formulas as tapeChain } from '../tape/chain.ts';

    /** The formulas that each file of \`src\` has at its end. */
    export const tables: Readonly<Record<string, FormulaTable>> = {
      'ops/elementwise/exp.ts': opsElementwiseExp,
      'ops/elementwise/tanh.ts': opsElementwiseTanh,
      'tape/chain.ts': tapeChain,
    };

    /** The operations that are recorded and have no formulas, and the file of \`src\` in which they would stand. */
    export const missing: Readonly<Record<string, string>> = {
      sinh: 'ops/elementwise/sinh.ts',
      sinhSlope: 'ops/elementwise/sinh.ts',
    };
    "
  `);
});

test('nothing is written where nothing has changed, so that what is built from it stays', async () => {
  const source = await sourcesOf({ 'ops/elementwise/exp.ts': op('exp') });
  const written = statSync(found(source)).mtimeMs;
  expect(statSync(found(source)).mtimeMs).toBe(written);
  writeFileSync(join(source, 'ops/elementwise/log.ts'), op('log'));
  expect(readFileSync(found(source), 'utf8')).toContain('opsElementwiseLog');
});
