import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = realpathSync(fileURLToPath(new URL('..', import.meta.url)));

/** What is made of the sources and not kept with them: the copy need not make it again, and tsc compiles what has changed. */
const generated = [
  ...['binary', 'deflated'].map((name) => `packages/core/src/engine/${name}.ts`),
  'packages/expression/src/syntax/parser.ts',
];

/**
 * A copy of the project in a temporary folder: the files that git knows or would add, and the installed packages as links.
 * Packages of the project itself lead into the copy.
 */
export function copyTree(): string {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'tapegrad-copy-')));
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const path of [...listed.toString().trim().split('\n'), ...generated]) {
    if (!existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    copyFileSync(join(root, path), join(copy, path));
  }
  for (const folder of childrenOf('packages')) {
    const built = join(folder, 'dist');
    if (existsSync(join(root, built))) cpSync(join(root, built), join(copy, built), { recursive: true });
  }
  for (const folder of ['.', 'conformance', ...childrenOf('packages'), ...childrenOf('apps')])
    linkPackages(folder, copy);
  return copy;
}

const childrenOf = (folder: string): string[] => readdirSync(join(root, folder)).map((name) => join(folder, name));

/** Gives a folder of the copy the packages that are installed for it, scoped ones (`@tapegrad/core`) among them. */
function linkPackages(folder: string, copy: string): void {
  const installed = join(root, folder, 'node_modules');
  if (!existsSync(installed)) return;
  for (const name of readdirSync(installed)) {
    const inScope = name.startsWith('@')
      ? readdirSync(join(installed, name)).map((inner) => join(name, inner))
      : [name];
    for (const each of inScope) {
      // Caches belong to the folder that they were made in; a link may be left of a package that is gone.
      if ((each.startsWith('.') && each !== '.bin') || !existsSync(join(installed, each))) continue;
      const target = realpathSync(join(installed, each));
      const isOurs = !relative(root, target).startsWith('node_modules');
      const link = join(copy, folder, 'node_modules', each);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(isOurs ? join(copy, relative(root, target)) : target, link);
    }
  }
}
