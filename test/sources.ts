import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A source file of the project, tests left out. Paths are counted from the root, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly lines: number;
  /** What its import and export lines name, type-only ones among them: a path for a file of the project. */
  readonly imports: readonly string[];
}

const root = fileURLToPath(new URL('../', import.meta.url));

/** All files in the `src` of each package and each example, and of the conformance runner. */
export function allSources(): Source[] {
  const folders = ['packages', 'apps'].flatMap((room) => foldersIn(room).map((name) => `${room}/${name}/src`));
  return [...folders, 'conformance/src'].flatMap(filesIn).filter(isSource).sort().map(read);
}

/** The tests that stand beside the sources of a folder. */
export function testsIn(folder: string): string[] {
  return filesIn(folder).filter((path) => path.endsWith('.test.ts'));
}

function read(path: string): Source {
  const text = readFileSync(root + path, 'utf8');
  const imported = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  // Style sheets import nothing of ours.
  const imports = imported.filter((name) => !name.endsWith('.css')).map((name) => resolve(path, name));
  return { path, lines: text.trimEnd().split('\n').length, imports };
}

function resolve(from: string, imported: string): string {
  if (imported.startsWith('.')) return posix.join(posix.dirname(from), imported);
  const [, name, part] = imported.match(/^@tapegrad\/([^/]+)(?:\/(.+))?$/) ?? [];
  return name ? `packages/${name}/src/${part ? `${part}/` : ''}index.ts` : imported;
}

function isSource(path: string): boolean {
  return /\.tsx?$/.test(path) && !path.endsWith('.test.ts');
}

function foldersIn(folder: string): string[] {
  return readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((name) => posix.join(folder, name));
  } catch {
    return []; // A package without sources yet.
  }
}
