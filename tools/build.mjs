// Builds what a command needs: `node tools/build.mjs` everything, `node tools/build.mjs apps/mnist` one project and what
// it refers to. Generated sources come first; tsc then compiles only what has changed, and packages are bundled for Node.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundlePackages } from './bundle.mjs';

// A first build takes about a minute, in which nothing would be said.
if (!existsSync(fileURLToPath(new URL('../packages/core/dist/index.js', import.meta.url)))) {
  console.error('building the packages, once: this takes about a minute');
}
await import('./generate.mjs');
await bundlePackages();
const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
const { status } = spawnSync(process.execPath, [tsc, '-b', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
