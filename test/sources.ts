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

/** All files in the `src` of each package and each application, and of the conformance runner, and the examples. */
export function allSources(): Source[] {
  const folders = ['packages', 'apps'].flatMap((room) => foldersIn(room).map((name) => `${room}/${name}/src`));
  const examples = filesIn('examples').filter((path) => /^examples\/[^/]+$/.test(path));
  return [...[...folders, 'conformance/src'].flatMap(filesIn), ...examples].filter(isSource).sort().map(read);
}

/** The kernels in AssemblyScript with what generates them, and the style sheets: the sources that import nothing of ours. */
export function otherSources(): Pick<Source, 'path' | 'lines'>[] {
  const kernels = filesIn('packages/core/assembly').filter((path) => /\.(ts|mjs)$/.test(path));
  const styles = foldersIn('apps').flatMap((name) =>
    filesIn(`apps/${name}/src`).filter((path) => path.endsWith('.css')),
  );
  // What is generated is as long as it has to be.
  return [...kernels.filter((path) => !path.includes('/generated/')), ...styles].map((path) => ({
    path,
    lines: linesOf(readFileSync(root + path, 'utf8')),
  }));
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
  // What is generated is as long as it has to be.
  return { path, lines: text.startsWith('// Generated ') ? 1 : linesOf(text), imports };
}

const linesOf = (text: string): number => text.trimEnd().split('\n').length;

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
