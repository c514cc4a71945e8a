// Builds what a command needs: `node tools/build.mjs` everything, `node tools/build.mjs apps/mnist` one project and what
// it refers to. Generated sources come first; tsc then compiles only what has changed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import './generate.mjs';

const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
const { status } = spawnSync(process.execPath, [tsc, '-b', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
