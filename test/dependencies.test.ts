import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readDocument, root } from './snippets.ts';

interface Description {
  readonly name: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

const describe = (folder: string): Description =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Description;

/** All that is installed with our packages and that others wrote: what is asked for, and who asks. */
function everythingInstalled(): ReadonlyMap<string, { readonly description: Description; readonly askedBy: string[] }> {
  const found = new Map<string, { description: Description; askedBy: string[] }>();
  const add = (folder: string, asking: string): void => {
    const { dependencies = {}, optionalDependencies = {} } = describe(folder);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (name === 'tapegrad' || name.startsWith('@tapegrad/')) continue;
      const known = found.get(name);
      if (known) known.askedBy.push(asking);
      else {
        const home = findPackage(name, folder);
        found.set(name, { description: describe(home), askedBy: [asking] });
        add(home, name);
      }
    }
  };
  for (const name of readdirSync(join(root, 'packages'))) add(join(root, 'packages', name), name);
  return found;
}

/** Where Node would find a package that is asked for in a folder. */
function findPackage(name: string, folder: string): string {
  for (let at = realpathSync(folder); at !== dirname(at); at = dirname(at)) {
    try {
      return realpathSync(join(at, 'node_modules', name));
    } catch {} // Further up.
  }
  throw new Error(`${name}, which ${folder} asks for, is not installed`);
}

const rows = new Map(
  [...readDocument('docs/dependencies.md').matchAll(/^\| `([^`]+)` +\| ([^|]+?) +\| [^|]+\| ([^|]+?) +\| /gm)].map(
    ([, name, users, licence]) => [name, { users: [...users.matchAll(/`([^`]+)`/g)].map(([, user]) => user), licence }],
  ),
);

test('the table of dependencies has each of them, with who uses it and its licence', () => {
  const installed = everythingInstalled();
  expect([...rows.keys()].sort()).toEqual([...installed.keys()].sort());
  for (const [name, { description, askedBy }] of installed) {
    expect({ name, licence: description.license, users: [...askedBy].sort() }).toEqual({
      name,
      licence: rows.get(name)?.licence,
      users: [...(rows.get(name)?.users ?? [])].sort(),
    });
  }
});

test('no dependency runs a script when it is installed but protobufjs, whose script only warns', () => {
  const scripts = ['preinstall', 'install', 'postinstall'];
  const running = [...everythingInstalled()].filter(([, { description }]) =>
    scripts.some((script) => description.scripts?.[script] !== undefined),
  );
  expect(running.map(([name]) => name).filter((name) => name !== 'protobufjs')).toEqual([]);
});

test('what our packages depend on has an exact version', () => {
  for (const name of readdirSync(join(root, 'packages'))) {
    for (const version of Object.values(describe(join(root, 'packages', name)).dependencies ?? {}))
      expect(version).toMatch(/^(\d+\.\d+\.\d+|workspace:\*)$/);
  }
});
