import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compiler } from '../compiler.ts';
import { root } from '../snippets.ts';

/** A package as it would be published. */
export interface Packed {
  readonly name: string;
  /** Its archive, as `npm pack` makes it. */
  readonly file: string;
  readonly dependencies: readonly string[];
}

export const temporaryFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'tapegrad-install-')));

/** Packs every package into a folder. */
export function packAll(folder: string): Packed[] {
  const pnpm = join(root, 'node_modules/.bin/pnpm');
  const folders = readdirSync(join(root, 'packages'));
  execFileSync(pnpm, ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', folder], { cwd: root });
  return folders.map((each) => {
    const { name, version, dependencies } = JSON.parse(
      readFileSync(join(root, 'packages', each, 'package.json'), 'utf8'),
    ) as { name: string; version: string; dependencies: Record<string, string> };
    const file = join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
    return { name, file, dependencies: Object.keys(dependencies) };
  });
}

/**
 * A project that has the packages installed as pnpm does it, without a registry: each package sees what it depends on and
 * nothing else, and the project sees the packages that it asks for. What others wrote comes from where this project has it.
 */
export function installStrictly(packed: readonly Packed[], project: string, asked: readonly string[]): void {
  const store = join(project, 'node_modules/.store');
  const homeOf = (name: string): string => join(store, name.replace('/', '+'), 'node_modules', name);
  for (const { name, file } of packed) {
    mkdirSync(homeOf(name), { recursive: true });
    execFileSync('tar', ['-xzf', file, '--strip-components=1', '-C', homeOf(name)]);
  }
  for (const { name, dependencies } of packed) {
    const folder = join(root, 'packages', name.replace('@tapegrad/', ''), 'node_modules');
    for (const dependency of dependencies) {
      const isOurs = packed.some((each) => each.name === dependency);
      const link = join(store, name.replace('/', '+'), 'node_modules', dependency);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(isOurs ? homeOf(dependency) : realpathSync(join(folder, dependency)), link, 'junction');
    }
  }
  for (const name of asked) {
    mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true });
    symlinkSync(homeOf(name), join(project, 'node_modules', name), 'junction');
  }
}

/** The file that `tsc --init` writes, word for word. */
export function tscInit(project: string): void {
  execFileSync(process.execPath, [compiler, '--init'], { cwd: project });
}

/** Writes files, by name. */
export function write(project: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
}

/** Gives a project the types of Node. */
export function addNodeTypes(project: string): void {
  for (const name of ['@types/node', 'undici-types']) {
    const from = name === '@types/node' ? join(root, 'node_modules', name) : undefined;
    const home = realpathSync(from ?? join(realpathSync(join(root, 'node_modules/@types/node')), '../../undici-types'));
    cpSync(home, join(project, 'node_modules', name), { recursive: true });
  }
}
