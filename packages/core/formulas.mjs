// Finds the formulas that stand at the end of the files of ops, and writes formulas/found.ts, through which the door
// `@tapegrad/core/formulas` hands them out: so that a new op needs no line in a second list. Does nothing where nothing has
// changed. Called by itself, it takes an argument that names another folder of sources than src.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Imported by a build, the arguments are the build's.
const isCalled = pathToFileURL(process.argv[1]).href === import.meta.url;
const source = (isCalled && process.argv[2]) || fileURLToPath(new URL('src', import.meta.url));
const target = join(source, 'formulas/found.ts');

/** Ops stand in `ops`, and those of the chain rule in `tape`. Each file in two parts, before its formulas and from there on. */
const files = ['ops', 'tape']
  .flatMap((room) => readdirSync(join(source, room), { recursive: true }).map((file) => `${room}/${file}`))
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .sort()
  .map((path) => {
    const [code, table] = readFileSync(join(source, path), 'utf8').split(/^export const formulas\b/m);
    return { path, code, table };
  });

const withTable = files.filter(({ table }) => table !== undefined).map(({ path }) => path);
/** The names of a table: one begins a line, or all stand in the one line that the table has. */
const namesIn = (table) => {
  const [first] = table.split('\n');
  return Array.from(first.endsWith('};') ? first.matchAll(/[{,] (\w+): \(/g) : table.matchAll(/^ {2}(\w+):/gm));
};
const operations = new Set(files.flatMap(({ table = '' }) => namesIn(table).map(([, name]) => name)));

/** The operations that files record, and have no formulas of; those of examples in comments are none. */
const missing = files.flatMap(({ path, code }) =>
  Array.from(
    code
      .replaceAll(/\/\*.*?\*\//gs, '')
      .matchAll(/(?:\brecord\(\{\s*operation: |\b(?:unary|binary|reduction)\(\s*)'(\w+)'/g),
    ([, name]) => name,
  )
    .filter((name) => !operations.has(name))
    .map((name) => `  ${name}: '${path}',`),
);

const variable = (path) => path.slice(0, -'.ts'.length).replaceAll(/\/(\w)/g, (_, letter) => letter.toUpperCase());
const text = `// Written by packages/core/formulas.mjs.
import type { FormulaTable } from '../notation/index.ts';
${withTable.map((path) => `import { formulas as ${variable(path)} } from '../${path}';`).join('\n')}

/** The formulas that each file of \`src\` has at its end. */
export const tables: Readonly<Record<string, FormulaTable>> = {
${withTable.map((path) => `  '${path}': ${variable(path)},`).join('\n')}
};

/** The operations that are recorded and have no formulas, and the file of \`src\` in which they would stand. */
export const missing: Readonly<Record<string, string>> = {
${[...new Set(missing)].join('\n')}
};
`;

if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  mkdirSync(join(source, 'formulas'), { recursive: true });
  writeFileSync(target, text);
}
