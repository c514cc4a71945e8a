import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { allSources } from './sources.ts';

/*
 * What changes while a program runs has one home in the engine, engine/state.ts. Outside of the engine, these files keep
 * something too:
 */
const exceptions: Readonly<Record<string, string>> = {
  'engine/state.ts': 'the state itself',
  'warnings.ts': 'who listens to warnings, and which were told',
  'tape/profile.ts': 'costs, while somebody measures',
  'fusion/normalisationSums.ts': 'sums over a cotangent that three gradients share, for as long as it lives',
  'node/lock.ts': 'the locks that this process holds, to be given back when it ends',
  'tensor/strided.ts': 'the classes that ndarray has made',
};

const collections = ['Array', 'Map', 'Set', 'WeakMap', 'WeakSet', 'FinalizationRegistry'];

/** What a file keeps in variables of the module: each `let`, and each constant that holds a collection that can change. */
function stateOf(text: string): string[] {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  return file.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) =>
    declarationList.declarations
      .filter(({ initializer, type }) => {
        if ((declarationList.flags & ts.NodeFlags.Const) === 0) return true;
        // A type that is read-only lets nobody change it.
        return !/^readonly |^Readonly/.test(type?.getText() ?? '') && holdsCollection(initializer);
      })
      .map(({ name }) => name.getText()),
  );
}

function holdsCollection(value: ts.Expression | undefined): boolean {
  if (!value) return false;
  if (ts.isAsExpression(value)) return !/^const$/.test(value.type.getText()) && holdsCollection(value.expression);
  if (ts.isNewExpression(value)) return collections.includes(value.expression.getText());
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0;
  if (!ts.isObjectLiteralExpression(value)) return false;
  return value.properties.some(
    (property) => ts.isPropertyAssignment(property) && holdsCollection(property.initializer),
  );
}

const core = 'packages/core/src/';
const sources = allSources().flatMap(({ path }) => (path.startsWith(core) ? [path.replace(core, '')] : []));
const textOf = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../${core}${path}`, import.meta.url)), 'utf8');

test('no file of core keeps state of its own, but for those that say so', () => {
  const kept = sources
    .filter((path) => !(path in exceptions))
    .flatMap((path) => stateOf(textOf(path)).map((name) => `${path}: ${name}`));
  expect(kept).toEqual([]);
  expect(sources.length).toBeGreaterThan(100);
});

test('this test would find it', () => {
  const text = `
    let count = 0;
    const cache = new Map<string, number>();
    const waiting: number[] = [];
    const both = { left: [] as number[] };
    const names: readonly string[] = [];
    const sizes: ReadonlyMap<string, number> = new Map();
    const limits = { min: 0, max: 1 };
    const work = () => { let inside = 0; return inside; };`;
  expect(stateOf(text)).toEqual(['count', 'cache', 'waiting', 'both']);
});
