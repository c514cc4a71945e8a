// Compiles the kernels, assembly/index.ts and all it imports, and writes them as text into src/engine/binary.ts for pages and
// src/engine/deflated.ts for Node, so that neither Node nor a browser nor a bundler has a file to look for. Does nothing where
// nothing has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import asc from 'assemblyscript/asc';
import { chosenTiles } from './chosenTiles.mjs';
import { convolutionTiles } from './convolutionTiles.mjs';
import { elementwise } from './elementwise.mjs';
import { pairs } from './pairs.mjs';
import { productTiles } from './productTiles.mjs';
import { smoothActivations } from './smoothActivations.mjs';
import { winogradTiles } from './winogradTiles.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const targets = ['binary', 'deflated'].map((name) => join(here, `../src/engine/${name}.ts`));
const { version } = createRequire(import.meta.url)('assemblyscript/package.json');

/** One source and one binary: the engine itself adapts it to machines without shared memory or without relaxed SIMD. */
const flags = [
  ...['--optimizeLevel', '3', '--shrinkLevel', '1', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
  ...['--enable', 'simd', '--enable', 'relaxed-simd', '--enable', 'threads'],
  ...['--importMemory', '--noExportMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
];

const sources = readdirSync(here, { recursive: true })
  .map(String)
  .filter((file) => /\.(ts|mjs)$/.test(file) && !file.startsWith('generated'))
  .sort();
const fingerprint = createHash('sha256');
fingerprint.update(`${version} ${flags.join(' ')}`);
for (const file of sources) fingerprint.update(file).update(readFileSync(join(here, file)));
const mark = `// ${fingerprint.digest('hex')}`;

if (!targets.every((target) => existsSync(target) && readFileSync(target, 'utf8').startsWith(mark))) {
  generate();
  const forNode = await compile(true);
  const forPages = await compile(false);
  // Only here, for it compiles as well.
  const { pack, unpacker } = await import('./pack.mjs');
  write(
    targets[0],
    constant('binary', 'The kernels in WebAssembly, packed by `pack.mjs`, in base 64.', pack(forPages)),
    constant('unpacker', 'The WebAssembly that unpacks them, in base 64.', unpacker),
  );
  const deflated = deflateRawSync(forNode, { level: 9 });
  write(targets[1], constant('deflated', 'The kernels in WebAssembly, deflated, in base 64.', deflated));
}

function constant(name, what, bytes) {
  return `/** ${what} */\nexport const ${name}: string =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
}

function write(target, ...constants) {
  writeFileSync(target, `${mark}\n// Written by assembly/build.mjs.\n\n${constants.join('\n')}`);
}

function generate() {
  const texts = {
    ...{ chosenTiles, convolutionTiles, productTiles, winogradTiles },
    elementwise: pairs({ ...elementwise, ...smoothActivations }),
  };
  mkdirSync(join(here, 'generated'), { recursive: true });
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(here, `generated/${name}.ts`), text);
}

/** The kernels; without those for lanes of 256 bits unless they can be wide. */
async function compile(canBeWide) {
  writeFileSync(join(here, 'generated/width.ts'), `export const canBeWide: bool = ${canBeWide};\n`);
  const folder = mkdtempSync(join(tmpdir(), 'tapegrad-'));
  try {
    const file = join(folder, 'kernels.wasm');
    const { error, stderr } = await asc.main([join(here, 'index.ts'), '--outFile', file, ...flags]);
    if (error) throw new Error(`the kernels do not compile\n${stderr.toString()}`);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
