// Puts each package into a few files: to read them takes Node a tenth of a second, where it took half of one for hundreds. tsc
// writes a file for each source into `dist/modules`, which bundlers of pages take, so that they can drop what a page does not
// use; this writes each door of the package into `dist`, for everybody else.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = { format: 'esm', sourcemap: true, sourcemapExcludeSources: true, chunkFileNames: 'shared-[hash].js' };

/** Bundles what has changed. Types come from `dist/modules`; who names a file in `dist` is led there. */
export async function bundlePackages() {
  for (const name of readdirSync(join(root, 'packages'))) {
    const folder = join(root, 'packages', name);
    // Of a package that has moved, git leaves the folder there with what was built in it.
    if (existsSync(join(folder, 'package.json'))) await bundlePackage(folder);
  }
}

async function bundlePackage(folder) {
  const { exports, dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const dist = join(folder, 'dist');
  const input = entries(folder, exports);
  const mark = `// ${fingerprint(folder)}`;
  const last = join(dist, 'index.js');
  if (existsSync(last) && readFileSync(last, 'utf8').startsWith(mark)) return;
  const external = Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`));
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: [/^node:/, ...external],
    transform: { target: 'es2022' },
    treeshake: false,
  });
  const { output } = await bundle.generate({ ...target, dir: dist, banner: mark });
  await bundle.close();
  checkWorkers(output);
  const files = output.map(({ fileName, code, source }) => [fileName, code ?? source]);
  for (const door of Object.keys(input)) files.push([`${door}.d.ts`, types(door)]);
  // Another program may read these at this moment, or write them, and this one may be killed: each is there whole, what others
  // read comes before them, and the file whose mark says that all is done comes last.
  const turn = (file) => (file === 'index.js' ? 2 : Number(!file.startsWith('shared-')));
  files.sort(([a], [b]) => turn(a) - turn(b));
  for (const [file, text] of files) write(join(dist, file), text);
  const kept = new Set(files.map(([file]) => file));
  for (const file of readdirSync(dist)) {
    if (file.startsWith('shared-') && !kept.has(file)) rmSync(join(dist, file), { force: true });
  }
}

/**
 * The doors of a package and their sources: `node/index` is `src/node/index.ts`. A worker is started by its address beside the
 * file that starts it.
 */
function entries(folder, exports) {
  const doors = Object.values(exports).map(({ default: file }) => file.replace(/^\.\/dist\/(.*)\.js$/, '$1'));
  const found = doors.filter((door) => existsSync(join(folder, `src/${door}.ts`)));
  const all = Object.entries({ ...Object.fromEntries(found.map((door) => [door, `src/${door}.ts`])), ...workers });
  const there = all.map(([name, source]) => [name, join(folder, source)]).filter(([, source]) => existsSync(source));
  return Object.fromEntries(there);
}

const workers = { worker: 'src/prefetch/worker.ts', 'node/decodeWorker': 'src/node/pictures/decodeWorker.ts' };

/** Throws unless each worker lies beside the file that starts it. */
function checkWorkers(output) {
  for (const { fileName, code = '' } of output) {
    for (const [, own] of code.matchAll(/new URL\(["']\.\/(\w+\.js)["'], import\.meta\.url\)/g)) {
      const file = join(dirname(fileName), own);
      if (!output.some((other) => other.fileName === file))
        throw new Error(`${fileName} starts ${file}, which is not there`);
    }
  }
}

const types = (door) => `export * from '${'../'.repeat(door.split('/').length - 1) || './'}modules/${door}.js';\n`;

/** What the bundle is made of, in short. */
function fingerprint(folder) {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  hash.update(readFileSync(join(folder, 'package.json')));
  const sources = readdirSync(join(folder, 'src'), { recursive: true }).map(String);
  for (const file of sources.filter((file) => /(?<!\.test)\.ts$/.test(file)).sort()) {
    hash.update(file).update(readFileSync(join(folder, 'src', file)));
  }
  return hash.digest('hex');
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = join(dirname(file), `.${basename(file)}.${process.pid}`);
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundlePackages();
