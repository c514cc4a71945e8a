// Builds what a command needs: `node tools/build.mjs` everything, `node tools/build.mjs apps/mnist` one project and what
// it refers to. Generated sources come first; tsc then compiles only what has changed, and packages are bundled for Node.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundlePackages } from './bundle.mjs';

// A first build takes some ten seconds, in which nothing would be said.
if (!existsSync(fileURLToPath(new URL('../packages/core/dist/index.js', import.meta.url)))) {
  console.error('building the packages, once: this takes some ten seconds');
}
await import('./generate.mjs');
await bundlePackages();
// TypeScript 7, which is written in Go and takes a fifth of the time. What reads sources as a tree (TypeDoc, and tests that look
// at sources) has TypeScript 6 beside it, for the library that 7 lacks.
const compiler = fileURLToPath(new URL('../node_modules/typescript-7/bin/tsc', import.meta.url));
const { status } = spawnSync(process.execPath, [compiler, '-b', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
