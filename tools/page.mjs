// Writes `packages/tapegrad/dist/page.js`: all of the package `tapegrad` and what it needs, in one file, for pages that load
// modules without a bundler. `pnpm pack` and `pnpm publish` run it before they pack.
import { renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('../packages/tapegrad', import.meta.url));
const [{ output }] = await build({
  configFile: false,
  root: folder,
  logLevel: 'warn',
  build: {
    write: false,
    target: 'es2022',
    lib: { entry: 'dist/index.js', formats: ['es'] },
    rolldownOptions: { output: { minify: true, codeSplitting: false } },
  },
});
if (output.length !== 1) throw new Error(`page.js would need ${output.map(({ fileName }) => fileName).join(' and ')}`);
// Two may pack at once: the file is there whole, or as it was.
const unfinished = `${folder}/dist/page.${process.pid}.js`;
writeFileSync(unfinished, output[0].code);
renameSync(unfinished, `${folder}/dist/page.js`);
