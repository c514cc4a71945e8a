import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { onlyWoff2, withoutUnusedFonts } from './build/katexFonts.ts';
import { referenceKernels } from './build/referenceKernels.ts';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a page must be served with to share memory between threads. Without it, training runs on one thread. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  root: source('.'),
  // Paths that hold in any folder of any static host.
  base: './',
  resolve: {
    alias: [
      { find: /^@tapegrad\/core\/formulas$/, replacement: source('../../packages/core/src/formulas/index.ts') },
      {
        find: /^@tapegrad\/(core|nn|datasets|explain|expression)$/,
        replacement: source('../../packages/$1/src/index.ts'),
      },
      { find: '@tapegrad/core/authors', replacement: source('../../packages/core/src/authors/index.ts') },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: {
    target: 'es2022',
    // The first browsers with `light-dark()`: what stands in for it elsewhere knows the system's theme, not the one chosen here.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es', plugins: (): Plugin[] => [referenceKernels({ except: /tabs\/training\// })] },
  plugins: [onlyWoff2(), withoutUnusedFonts()],
});
