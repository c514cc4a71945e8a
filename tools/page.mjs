// Writes `packages/tapegrad/dist/page.js`: all of the package `tapegrad` and what it needs, in one file, for pages that load
// modules without a bundler. `pnpm pack` and `pnpm publish` run it before they pack.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('../packages/tapegrad', import.meta.url));
await build({
  configFile: false,
  root: folder,
  logLevel: 'warn',
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'es2022',
    lib: { entry: 'dist/index.js', formats: ['es'], fileName: () => 'page.js' },
    rolldownOptions: { output: { minify: true } },
  },
});
